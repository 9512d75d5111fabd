package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several appenders share two connections of a PgBouncer in transaction mode. */
@PostgresTest
class PgBouncerTest {

  private static final int APPENDERS = 4;
  private static final int EACH = 5000;

  private final TestDatabase db;
  @TempDir Path directory;

  PgBouncerTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void behindPgBouncerInTransactionModeEveryEventIsWrittenOnce() throws Exception {
    assumeTrue(
        Files.isExecutable(PgBouncer.BINARY),
        PgBouncer.BINARY + " is not there: apt-get install pgbouncer");
    String schema = TestDatabase.newSchemaName();
    List<AppenderFixture> fixtures = new ArrayList<>();
    try (PgBouncer bouncer = PgBouncer.start(db, directory, 2)) {
      try {
        for (int i = 0; i < APPENDERS; i++) {
          AppenderFixture fixture = new AppenderFixture(bouncer.database(), directory, schema);
          fixtures.add(fixture);
          // Many transactions, each of which may meet another connection to the server.
          fixture.appender.setBatchSize("16 KiB");
          fixture.start();
        }
        for (int e = 0; e < EACH; e++) {
          for (AppenderFixture fixture : fixtures) {
            Logger logger = fixture.context.getLogger("shop.Checkout");
            logger.info("event {}", e, e % 100 == 0 ? new IllegalStateException("x") : null);
          }
        }
        fixtures.forEach(AppenderFixture::awaitDrained);

        for (AppenderFixture fixture : fixtures) {
          assertThat(fixture.complaints()).isEmpty();
          assertThat(fixture.stats().written()).isEqualTo(EACH);
          assertThat(fixture.stats().batches()).isGreaterThan(10);
        }
        assertThat(
                db.query(
                    "SELECT count(*), count(DISTINCT (instance_id, seq)),"
                        + " count(DISTINCT instance_id), count(stack_trace) FROM "
                        + schema
                        + ".logs"))
            .containsExactly(
                List.of(
                    "" + APPENDERS * EACH,
                    "" + APPENDERS * EACH,
                    "" + APPENDERS,
                    "" + APPENDERS * EACH / 100));
      } finally {
        fixtures.forEach(AppenderFixture::close);
      }
    }
  }
}
