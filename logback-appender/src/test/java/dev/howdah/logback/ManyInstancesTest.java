package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten instances that start at once against an empty database make one schema, without an error. */
@PostgresTest
class ManyInstancesTest {

  private static final int INSTANCES = 10;
  private static final int EACH = 500;

  private final TestDatabase db;
  @TempDir Path directory;

  ManyInstancesTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void tenInstancesOnAnEmptyDatabaseMakeOneSchema() throws Exception {
    String schema = TestDatabase.newSchemaName();
    List<AppenderFixture> fixtures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    CyclicBarrier together = new CyclicBarrier(INSTANCES);
    try {
      for (int i = 0; i < INSTANCES; i++) {
        AppenderFixture fixture = new AppenderFixture(db, directory, schema);
        fixtures.add(fixture);
        Thread thread = new Thread(() -> startAndLog(fixture, together), "instance-" + i);
        thread.setUncaughtExceptionHandler((dead, e) -> failures.add(e));
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      fixtures.forEach(AppenderFixture::awaitDrained);

      assertThat(failures).isEmpty();
      for (AppenderFixture fixture : fixtures) {
        assertThat(fixture.complaints()).isEmpty();
      }
      assertThat(
              db.query(
                  "SELECT count(*), count(DISTINCT (instance_id, seq)), count(DISTINCT thread) FROM "
                      + schema
                      + ".log_events"))
          .containsExactly(List.of("" + INSTANCES * EACH, "" + INSTANCES * EACH, "" + INSTANCES));
      assertThat(db.count("SELECT count(*) FROM " + schema + ".instances")).isEqualTo(INSTANCES);
      assertThat(
              db.query(
                  "SELECT count(*) = count(DISTINCT version), count(*) > 0 FROM "
                      + schema
                      + ".schema_migrations"))
          .containsExactly(List.of("t", "t"));
    } finally {
      fixtures.forEach(AppenderFixture::close);
    }
  }

  private static void startAndLog(AppenderFixture fixture, CyclicBarrier together) {
    try {
      together.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    Logger logger = fixture.start();
    for (int i = 0; i < EACH; i++) {
      logger.info("event {}", i);
    }
  }
}
