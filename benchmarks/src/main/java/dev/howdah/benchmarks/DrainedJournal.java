package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What an outage has left in the journal, and new events that come meanwhile: most events are
 * logged while the database takes no connections, the last tenth while the others are written. The
 * turn begins when the first rows have come back.
 */
final class DrainedJournal implements Contender {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final String name;
  private final HowdahLogback howdah;
  private final Traffic traffic;
  private final int all;
  private final long outageNanos;
  private final TestDatabase database;
  private final TestDatabase administration = PostgresServer.shared().root();
  private final List<Double> waits = new ArrayList<>();
  private long before;
  private int writtenBefore;

  /**
   * Takes a Howdah whose database goes away at each turn.
   *
   * @param name its name in the report
   * @param howdah with a journal
   * @param lines what is logged
   * @param events in each turn
   * @param outageSeconds least length of the outage
   * @param database where they go
   */
  DrainedJournal(
      String name,
      HowdahLogback howdah,
      LogLines lines,
      int events,
      int outageSeconds,
      TestDatabase database) {
    this.name = name;
    this.howdah = howdah;
    this.traffic = new Traffic(new LogbackFramework(howdah::logger), lines);
    this.all = events;
    this.outageNanos = TimeUnit.SECONDS.toNanos(outageSeconds);
    this.database = database;
  }

  @Override
  public String name() {
    return name;
  }

  /** Those that are written while the clock runs. */
  @Override
  public int events() {
    return all - writtenBefore;
  }

  @Override
  public int rows() {
    return all;
  }

  @Override
  public void prepare() {
    before = howdah.stats().written();
    long start = System.nanoTime();
    allowConnections(false);
    administration.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
            + database.name()
            + "'");
    traffic.log(0, 1, all - all / 10);
    while (howdah.stats().pending() > 0 || System.nanoTime() - start < outageNanos) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    allowConnections(true);
    awaitFirst();
  }

  private void awaitFirst() {
    long start = System.nanoTime();
    while (howdah.stats().written() == before) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("nothing is written after the outage: " + howdah.stats());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    waits.add((System.nanoTime() - start) / 1e9);
    writtenBefore = (int) (howdah.stats().written() - before);
  }

  @Override
  public void write() {
    traffic.log(all - all / 10, 1, all);
    howdah.awaitWritten(before + all);
  }

  /** Seconds from the end of each outage to the first row, in the order of the turns. */
  List<Double> waits() {
    return waits;
  }

  private void allowConnections(boolean allowed) {
    administration.execute(
        "ALTER DATABASE " + database.name() + " WITH ALLOW_CONNECTIONS " + allowed);
  }
}
