package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many instances that log a little: each sends a batch four times a second, as the default {@code
 * flushInterval} does where there is always something to say. What they cost is measured over a
 * stretch of time.
 */
final class QuietInstances implements AutoCloseable {

  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * What was seen of them.
   *
   * @param instances how many there were
   * @param events in a batch
   * @param batches a second, of all together
   * @param cores seconds of the server's processor in a second
   * @param wal bytes of WAL a second
   * @param connections the most at a time
   * @param busy connections in a transaction, on average
   * @param memory private bytes of a backend
   */
  record Seen(
      int instances,
      double events,
      double batches,
      double cores,
      double wal,
      double connections,
      double busy,
      double memory) {}

  private final TestDatabase database;
  private final SessionWatch watch;
  private final List<HowdahLogback> instances = new ArrayList<>();
  private final List<Logger> loggers = new ArrayList<>();
  private int logged;

  QuietInstances(TestDatabase database, SessionWatch watch, int count) {
    this.database = database;
    this.watch = watch;
    for (int i = 0; i < count; i++) {
      instances.add(HowdahLogback.small(database));
      loggers.add(instances.get(i).logger("com.example.shop.Checkout"));
    }
  }

  /**
   * Lets each log as many events four times a second.
   *
   * @param events at each beat
   * @param beats how many
   * @throws IllegalStateException when a row is missing afterwards
   */
  Seen log(int events, int beats) {
    beat(events, 2); // What is new to the server is no cost of a batch later on.
    ServerCpu server = ServerCpu.of(database);
    long rows = database.count("SELECT count(*) FROM monitoring.log_events");
    watch.restart();
    long batches = batches();
    long wal = walPosition(database);
    double cpu = server.seconds() - watch.ownCpuSeconds();
    long start = System.nanoTime();
    beat(events, beats);
    double seconds = (System.nanoTime() - start) / 1e9;
    cpu = server.seconds() - watch.ownCpuSeconds() - cpu;
    wal = walPosition(database) - wal;
    batches = batches() - batches;
    long expected = rows + (long) events * beats * instances.size();
    long found = database.count("SELECT count(*) FROM monitoring.log_events");
    if (found != expected) {
      throw new IllegalStateException(found + " rows, not " + expected);
    }
    double perBatch = (double) events * beats * instances.size() / batches;
    return new Seen(
        instances.size(),
        perBatch,
        batches / seconds,
        cpu / seconds,
        wal / seconds,
        watch.sessions(),
        watch.busy(),
        watch.memory());
  }

  /** One after the other, so that they are not in step. */
  private void beat(int events, int beats) {
    long start = System.nanoTime();
    for (long beat = 0; beat < beats; beat++) {
      for (int i = 0; i < loggers.size(); i++) {
        awaitNanos(start + beat * BEAT_NANOS + i * BEAT_NANOS / loggers.size());
        for (int event = 0; event < events; event++) {
          logged++;
          loggers.get(i).info("payment of {} for order {} accepted", logged % 1000, logged);
        }
      }
    }
    awaitNanos(start + beats * BEAT_NANOS);
    instances.forEach(instance -> instance.awaitWritten(instance.stats().logged()));
  }

  private static void awaitNanos(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private long batches() {
    return database.count("SELECT sum(last_batch) FROM monitoring.instances");
  }

  /** {@return bytes of WAL since the server was made} */
  static long walPosition(TestDatabase database) {
    return database.count("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
  }

  @Override
  public void close() {
    instances.forEach(HowdahLogback::close);
  }
}
