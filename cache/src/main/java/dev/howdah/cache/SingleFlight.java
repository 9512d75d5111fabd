package dev.howdah.cache;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One computation for each key at a time: in this JVM by a map of those under way, among instances
 * by {@link KeyLocks}. Who comes later waits, and looks again.
 *
 * <p>No promise beyond that: a value is computed twice when a caller's patience ends, when the
 * session of the locks breaks, or when the database is away. Nobody fails for want of a lock.
 *
 * <p>Thread-safe. Nothing is locked in this JVM while the caller's code runs.
 */
final class SingleFlight {

  private static final long FIRST_PAUSE_MILLIS = 2;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final KeyLocks locks;
  private final ConcurrentMap<String, CountDownLatch> underWay = new ConcurrentHashMap<>();

  SingleFlight(KeyLocks locks) {
    this.locks = locks;
  }

  /** The value of one key: how to look for it, and how to make it. */
  interface Wanted<T, X extends Exception> {

    /** What the cache has; null where it has nothing. */
    @Nullable Seen<T> look();

    /** Whether the last look could not be answered, so that a lock could not be had either. */
    boolean databaseIsAway();

    /** Computes the value and keeps it, where it can be kept. */
    @Nullable T make() throws X;

    /** Told when an expired value is given to the caller. */
    void gaveStale();
  }

  /**
   * A value of the cache.
   *
   * @param value the value
   * @param isFresh false: it may only be given while another caller computes
   */
  record Seen<T>(@Nullable T value, boolean isFresh) {}

  /** The value, found or made. */
  <T, X extends Exception> @Nullable T get(String key, Duration patience, Wanted<T, X> wanted)
      throws X {
    Deadline deadline = new Deadline(patience);
    while (true) {
      Seen<T> seen = wanted.look();
      if (seen != null && seen.isFresh()) {
        return seen.value();
      }
      if (wanted.databaseIsAway()) {
        return wanted.make();
      }
      CountDownLatch own = new CountDownLatch(1);
      CountDownLatch other = underWay.putIfAbsent(key, own);
      if (other == null) {
        try {
          return againstOtherInstances(key, seen, deadline, wanted);
        } finally {
          underWay.remove(key, own);
          own.countDown();
        }
      }
      if (seen != null) {
        return stale(seen, wanted);
      }
      if (!deadline.await(other)) {
        return wanted.make();
      }
    }
  }

  private <T, X extends Exception> @Nullable T againstOtherInstances(
      String key, @Nullable Seen<T> before, Deadline deadline, Wanted<T, X> wanted) throws X {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      KeyLocks.Held lock;
      try {
        lock = locks.tryLock(key);
      } catch (SQLException e) {
        return wanted.make();
      }
      if (lock != null) {
        try {
          // Another instance may have made it just before the lock was ours.
          Seen<T> now = wanted.look();
          return now != null && now.isFresh() ? now.value() : wanted.make();
        } finally {
          lock.release();
        }
      }
      if (before != null) {
        return stale(before, wanted);
      }
      if (!deadline.pause(pause)) {
        return wanted.make();
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      Seen<T> now = wanted.look();
      if (now != null && now.isFresh()) {
        return now.value();
      }
    }
  }

  private static <T> @Nullable T stale(Seen<T> seen, Wanted<T, ?> wanted) {
    wanted.gaveStale();
    return seen.value();
  }

  /** The end of a caller's patience; also an interrupt ends it, and stays set. */
  private static final class Deadline {

    private final long start = System.nanoTime();
    private final long nanos;

    Deadline(Duration patience) {
      nanos = TimeUnit.NANOSECONDS.convert(patience);
    }

    /** False when patience has ended before. */
    boolean await(CountDownLatch latch) {
      try {
        return latch.await(left(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /** False when patience has ended. Not all instances come back at the same moment. */
    boolean pause(long millis) {
      long spread = 1 + ThreadLocalRandom.current().nextLong(millis);
      try {
        TimeUnit.NANOSECONDS.sleep(Math.min(left(), TimeUnit.MILLISECONDS.toNanos(spread)));
        return left() > 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private long left() {
      return Math.max(0, nanos - (System.nanoTime() - start));
    }
  }
}
