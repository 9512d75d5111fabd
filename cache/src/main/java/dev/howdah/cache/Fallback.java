package dev.howdah.cache;

/** What a read does while the database is away. What changes the cache fails in either case. */
public enum Fallback {
  /** It throws a {@link CacheException}. */
  FAIL,
  /**
   * It finds nothing, as if the entry were not there, and is counted as {@link
   * CacheStats#unanswered()}; {@code getOrCompute} computes, and keeps nothing. For a second after
   * such a call the others don't even try.
   *
   * <p>Calls that set, delete or count still throw: a change that is lost in silence would leave an
   * old value to be found later.
   */
  MISS
}
