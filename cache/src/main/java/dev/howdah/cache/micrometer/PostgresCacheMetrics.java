package dev.howdah.cache.micrometer;

import dev.howdah.cache.CacheStats;
import dev.howdah.cache.PostgresCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PostgresCache#stats()} counts, as Micrometer's meters: of this JVM, and with all
 * views of the cache together. A scrape reads counts in memory, and never asks the database; so
 * there is no {@code cache.size}.
 *
 * <table>
 * <caption>Meters, all of them counters with the tag {@code cache}</caption>
 * <tr><th>meter</th><th>count</th></tr>
 * <tr><td>{@code cache.gets}, {@code result=hit}</td><td>{@link CacheStats#hits()}</td></tr>
 * <tr><td>{@code cache.gets}, {@code result=miss}</td><td>{@link CacheStats#misses()}</td></tr>
 * <tr><td>{@code cache.puts}</td><td>{@link CacheStats#puts()}</td></tr>
 * <tr><td>{@code cache.evictions}</td><td>{@link CacheStats#evicted()}</td></tr>
 * <tr><td>{@code cache.near.hits}</td><td>{@link CacheStats#nearHits()}</td></tr>
 * <tr><td>{@code cache.deletes}</td><td>{@link CacheStats#deletes()}</td></tr>
 * <tr><td>{@code cache.expirations}</td><td>{@link CacheStats#expired()}</td></tr>
 * <tr><td>{@code cache.computations}</td><td>{@link CacheStats#computations()}</td></tr>
 * <tr><td>{@code cache.stale.hits}</td><td>{@link CacheStats#staleHits()}</td></tr>
 * <tr><td>{@code cache.unanswered}</td><td>{@link CacheStats#unanswered()}</td></tr>
 * </table>
 *
 * Holds the cache weakly, as Micrometer's binders do: its owner keeps it. Thread-safe.
 */
@SuppressWarnings("exports") // Whoever uses this class has Micrometer.
public final class PostgresCacheMetrics extends CacheMeterBinder<PostgresCache> {

  /**
   * Meters of a cache, to be bound to a registry by {@link #bindTo}.
   *
   * @param cache the cache, or any of its views
   * @param name the value of the tag {@code cache}; tells several caches of an application apart
   * @param tags more tags of all meters
   */
  public PostgresCacheMetrics(PostgresCache cache, String name, Iterable<Tag> tags) {
    super(cache, name, tags);
  }

  /** {@return null: only the database knows} */
  @Override
  protected @Nullable Long size() {
    return null;
  }

  @Override
  protected long hitCount() {
    return count(CacheStats::hits);
  }

  @Override
  protected Long missCount() {
    return count(CacheStats::misses);
  }

  @Override
  protected Long evictionCount() {
    return count(CacheStats::evicted);
  }

  @Override
  protected long putCount() {
    return count(CacheStats::puts);
  }

  @Override
  protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
    counter(registry, "cache.near.hits", CacheStats::nearHits, "Hits in this JVM's memory");
    counter(registry, "cache.deletes", CacheStats::deletes, "Entries that were deleted");
    counter(registry, "cache.expirations", CacheStats::expired, "Expired rows that were deleted");
    counter(registry, "cache.computations", CacheStats::computations, "Values that were computed");
    counter(registry, "cache.stale.hits", CacheStats::staleHits, "Expired values that were given");
    counter(registry, "cache.unanswered", CacheStats::unanswered, "Misses for want of a database");
  }

  private void counter(
      MeterRegistry registry, String name, ToLongFunction<CacheStats> count, String description) {
    PostgresCache cache = getCache();
    if (cache != null) {
      FunctionCounter.builder(name, cache, c -> count.applyAsLong(c.stats()))
          .tags(getTagsWithCacheName())
          .description(description)
          .register(registry);
    }
  }

  private long count(ToLongFunction<CacheStats> count) {
    PostgresCache cache = getCache();
    return cache == null ? 0 : count.applyAsLong(cache.stats());
  }
}
