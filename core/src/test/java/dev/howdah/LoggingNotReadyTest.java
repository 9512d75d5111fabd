package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Howdah starts within the start of the logging framework, by which its pool logs, too. */
@PostgresTest
class LoggingNotReadyTest {

  private final TestDatabase db;
  @TempDir private Path directory;

  LoggingNotReadyTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void eventsAreTakenAtOnceAndThePoolIsOpenedWhenTheFrameworkIsReady() {
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean ready = new AtomicBoolean();
    try (NumberedEvents events =
        new NumberedEvents(
            directory,
            NumberedEvents.to(db),
            () -> {
              asked.incrementAndGet();
              return ready.get();
            })) {
      events.log(10);
      await().until(() -> asked.get() > 5);
      assertThat(connections()).isZero();

      ready.set(true);
      events.awaitWritten();
      assertThat(connections()).isPositive();
    }
  }

  private long connections() {
    return db.count(
        """
        SELECT count(*)
        FROM pg_stat_activity
        WHERE application_name = 'howdah' AND datname = current_database()
        """);
  }
}
