package dev.howdah.cache;

import java.util.concurrent.TimeUnit;

/**
 * What becomes of reads while the database is away. Where that is accepted, one failed call stands
 * for those of the next second: callers don't wait for the pool one after the other. Thread-safe.
 */
final class Outage {

  private static final long ASSUMED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final boolean accepted;
  private volatile long assumedUntil = System.nanoTime();

  Outage(Fallback fallback) {
    accepted = fallback == Fallback.MISS;
  }

  /** Reads fail. */
  static Outage notAccepted() {
    return new Outage(Fallback.FAIL);
  }

  /** Whether a read need not be tried. */
  boolean isAssumed() {
    return accepted && assumedUntil - System.nanoTime() > 0;
  }

  /** Whether a failure is to be taken for a miss. */
  boolean accepts(CacheException failure) {
    if (!accepted || !failure.isDatabaseAway()) {
      return false;
    }
    assumedUntil = System.nanoTime() + ASSUMED_NANOS;
    return true;
  }
}
