package dev.howdah.cache.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.cache.CacheStats;
import dev.howdah.cache.PostgresCache;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@PostgresTest
class PostgresCacheMetricsTest {

  @Test
  void metersTellWhatTheCacheCounted(TestDatabase database) {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (PostgresCache cache = PostgresCache.open(database.dataSource())) {
      new PostgresCacheMetrics(cache, "sessions", Tags.of("region", "eu")).bindTo(registry);

      cache.set("a", 1);
      cache.set("b", 2, Duration.ofHours(1));
      cache.get("a");
      cache.get("absent");
      cache.getOrCompute("c", Integer.class, Duration.ofHours(1), () -> 3);
      cache.delete("a");

      CacheStats stats = cache.stats();
      assertThat(gets(registry, "hit")).isEqualTo(stats.hits()).isEqualTo(1);
      assertThat(gets(registry, "miss")).isEqualTo(stats.misses()).isEqualTo(2);
      assertThat(count(registry, "cache.puts")).isEqualTo(stats.puts()).isEqualTo(3);
      assertThat(count(registry, "cache.deletes")).isEqualTo(1);
      assertThat(count(registry, "cache.computations")).isEqualTo(1);
      for (String none :
          new String[] {
            "cache.evictions",
            "cache.near.hits",
            "cache.expirations",
            "cache.stale.hits",
            "cache.unanswered"
          }) {
        assertThat(count(registry, none)).as(none).isZero();
      }
      assertThat(registry.find("cache.size").meter()).isNull();
    }
  }

  private static long gets(MeterRegistry registry, String result) {
    return (long) registry.get("cache.gets").tag("result", result).functionCounter().count();
  }

  private static long count(MeterRegistry registry, String name) {
    return (long)
        registry.get(name).tags("cache", "sessions", "region", "eu").functionCounter().count();
  }
}
