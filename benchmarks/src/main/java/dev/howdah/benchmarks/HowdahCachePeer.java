package dev.howdah.benchmarks;

import dev.howdah.cache.CacheBuilder;
import dev.howdah.cache.PostgresCache;
import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Howdah's cache, with one connection for each thread. */
final class HowdahCachePeer extends PostgresPeer {

  private static final Duration HOUR = Duration.ofHours(1);

  private final PostgresCache cache;

  HowdahCachePeer(
      String label, TestDatabase database, int threads, UnaryOperator<CacheBuilder> settings) {
    super(label, database, threads + 1);
    cache = settings.apply(PostgresCache.builder(pool)).open();
  }

  @Override
  public String get(String key) {
    return String.valueOf(cache.get(key, String.class));
  }

  @Override
  public void set(String key, String value) {
    cache.set(key, value, HOUR);
  }

  @Override
  public void setAll(Map<String, String> values) {
    cache.setMany(values, HOUR);
  }

  @Override
  public List<String> getAll(List<String> keys) {
    return List.copyOf(cache.getMany(keys, String.class).values());
  }

  @Override
  public void delete(String key) {
    cache.delete(key);
  }

  @Override
  public void increment(String key) {
    cache.increment(key, 1, HOUR);
  }

  @Override
  public void close() {
    cache.close();
    super.close();
  }
}
