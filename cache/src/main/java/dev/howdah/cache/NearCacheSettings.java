package dev.howdah.cache;

import java.time.Duration;

/**
 * Copies of entries in this JVM's memory. How old what is read from them may be: normally as long
 * as a notification takes after the commit; no longer than two heartbeats when the connection that
 * brings them dies in silence, and never more than {@code maxAge}. What this JVM itself has set is
 * seen at once. When the connection is known to be lost there are no copies until it is back.
 *
 * @param maxEntries how many entries are copied at most; at least 1
 * @param maxAge how long a copy is kept at most; more than zero, 1 minute by default
 * @param heartbeat how often the connection is tried when it brings nothing; 10 ms to 1 hour, 5
 *     seconds by default. An answer may take as long again
 */
public record NearCacheSettings(long maxEntries, Duration maxAge, Duration heartbeat) {

  /**
   * @throws IllegalArgumentException when one is out of its range
   */
  public NearCacheSettings {
    if (maxEntries < 1) {
      throw new IllegalArgumentException(
          "nearCache: maxEntries '" + maxEntries + "': it must be at least 1");
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException(
          "nearCache: maxAge '" + maxAge + "': it must be more than zero");
    }
    if (heartbeat.compareTo(Duration.ofMillis(10)) < 0
        || heartbeat.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "nearCache: heartbeat '" + heartbeat + "': it must be from 10 ms to 1 hour");
    }
  }

  /**
   * So many copies, all else by default.
   *
   * @param maxEntries how many entries are copied at most; at least 1
   * @return the settings
   */
  public static NearCacheSettings entries(long maxEntries) {
    return new NearCacheSettings(maxEntries, Duration.ofMinutes(1), Duration.ofSeconds(5));
  }
}
