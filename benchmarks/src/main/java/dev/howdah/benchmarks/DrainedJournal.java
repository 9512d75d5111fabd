package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What an outage has left in the journal, and new events that come meanwhile: most events are
 * logged while the database takes no connections, which is not timed, the last tenth while the
 * others are written.
 */
final class DrainedJournal implements Contender {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final HowdahLogback howdah;
  private final LoggingThreads thread;
  private final int events;
  private final TestDatabase database;
  private final TestDatabase administration = PostgresServer.shared().root();
  private long before;

  /**
   * Takes a Howdah whose database goes away at each turn.
   *
   * @param howdah with a journal
   * @param thread one that logs through it
   * @param events in each turn
   * @param database where they go
   */
  DrainedJournal(HowdahLogback howdah, LoggingThreads thread, int events, TestDatabase database) {
    this.howdah = howdah;
    this.thread = thread;
    this.events = events;
    this.database = database;
  }

  @Override
  public String name() {
    return "journal, drained";
  }

  @Override
  public void prepare() {
    before = howdah.stats().written();
    allowConnections(false);
    administration.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
            + database.name()
            + "'");
    thread.log(0, events - events / 10);
    while (howdah.stats().pending() > 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void write() {
    allowConnections(true);
    thread.log(events - events / 10, events);
    howdah.awaitWritten(before + events);
  }

  private void allowConnections(boolean allowed) {
    administration.execute(
        "ALTER DATABASE " + database.name() + " WITH ALLOW_CONNECTIONS " + allowed);
  }
}
