package dev.howdah.cache;

/**
 * What a cache and its views did in this JVM since it was opened. Each counts for itself: a
 * snapshot taken while calls are under way may have one without the other.
 *
 * @param hits entries that were found, wherever
 * @param nearHits those of the hits that were found in this JVM's memory
 * @param misses entries that were not found, or had expired
 * @param puts entries that were set
 * @param deletes entries that were deleted, by whatever kind of call
 * @param computations values that {@code getOrCompute} had computed
 * @param staleHits expired values that {@code getOrCompute} gave while another computed
 * @param unanswered calls that read a miss since the database was away
 * @param expired rows that this instance's cleanup deleted after they had expired
 * @param evicted entries that this instance deleted since the cache was larger than its maximum
 */
public record CacheStats(
    long hits,
    long nearHits,
    long misses,
    long puts,
    long deletes,
    long computations,
    long staleHits,
    long unanswered,
    long expired,
    long evicted) {

  /**
   * The part of reads that found something.
   *
   * @return 0 to 1; 1 where nothing was read
   */
  public double hitRatio() {
    long reads = hits + misses;
    return reads == 0 ? 1 : (double) hits / reads;
  }
}
