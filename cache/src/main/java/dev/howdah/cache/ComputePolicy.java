package dev.howdah.cache;

import java.time.Duration;

/**
 * How {@code getOrCompute} keeps a value, and how long a caller waits for another one who computes
 * it already.
 *
 * @param ttl how long the value is fresh; {@link PostgresCache#FOREVER}: always
 * @param staleFor how long after that it may still be given to callers while one of them computes;
 *     zero, the default: not at all
 * @param patience how long a caller waits for another; after that it computes for itself. 10
 *     seconds by default
 */
public record ComputePolicy(Duration ttl, Duration staleFor, Duration patience) {

  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

  /**
   * @throws IllegalArgumentException when {@code ttl} is zero, or one is negative or longer than
   *     36,500 days
   */
  public ComputePolicy {
    Lifetime.of(ttl, staleFor);
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience '" + patience + "': it must not be negative");
    }
  }

  /**
   * The policy for most.
   *
   * @param ttl how long the value is fresh
   * @return a policy with defaults for the rest
   */
  public static ComputePolicy ttl(Duration ttl) {
    return new ComputePolicy(ttl, Duration.ZERO, DEFAULT_PATIENCE);
  }

  /**
   * Gives an expired value to callers while one of them computes a new one.
   *
   * @param duration how long after the value expired
   * @return a policy like this one
   */
  public ComputePolicy staleFor(Duration duration) {
    return new ComputePolicy(ttl, duration, patience);
  }

  /**
   * Bounds the wait for another caller's computation.
   *
   * @param duration how long; zero: never wait
   * @return a policy like this one
   */
  public ComputePolicy patience(Duration duration) {
    return new ComputePolicy(ttl, staleFor, duration);
  }

  Lifetime lifetime() {
    return Lifetime.of(ttl, staleFor);
  }
}
