package dev.howdah.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an entry is there, in the unit of the statements.
 *
 * @param micros until it expires; null: never
 * @param staleMicros until its row is deleted; null: never
 */
record Lifetime(@Nullable Long micros, @Nullable Long staleMicros) {

  /** So that a sum with today's time stays within what PostgreSQL can tell. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  static Lifetime of(Duration ttl) {
    return of(ttl, Duration.ZERO);
  }

  /**
   * @throws IllegalArgumentException when {@code ttl} is not positive, or one is too long
   */
  static Lifetime of(Duration ttl, Duration stale) {
    if (ttl.equals(PostgresCache.FOREVER)) {
      return new Lifetime(null, null);
    }
    long micros = micros(ttl);
    return new Lifetime(micros, stale.isZero() ? micros : micros + micros(stale));
  }

  private static long micros(Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "time to live '"
              + duration
              + "': it must be more than zero and at most "
              + LONGEST.toDays()
              + " days, or PostgresCache.FOREVER");
    }
    // Rounded up: a nanosecond is not nothing.
    return (duration.toNanos() + 999) / 1000;
  }
}
