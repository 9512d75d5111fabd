package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * FraiseQL's page "Production Monitoring": the examples of its chapters "PostgreSQL Caching" and
 * "Migrating from Redis", line by line. The page's line stands above ours.
 */
@PostgresTest
@SuppressWarnings("CanonicalDuration") // the page counts in seconds
class ProductionMonitoringPageTest {

  record User(String name, String email) {}

  record Product(String name, int price) {}

  private final User userData = new User("Ada", "ada@example.com");
  private final TestDatabase database;
  private final HikariDataSource dbPool;
  private PostgresCache cache;

  ProductionMonitoringPageTest(TestDatabase database) {
    this.database = database;
    dbPool = TestPool.of(database);
    // cache = PostgresCache(db_pool)
    cache = PostgresCache.open(dbPool);
  }

  @BeforeEach
  void empty() {
    cache.clear();
  }

  @AfterEach
  void close() {
    cache.close();
    dbPool.close();
  }

  @Test
  void basicOperations() {
    // await cache.set("user:123", user_data, ttl=3600)  # 1 hour TTL
    cache.set("user:123", userData, Duration.ofSeconds(3600));
    // value = await cache.get("user:123")
    JsonNode value = cache.get("user:123");
    User user = cache.get("user:123", User.class);
    // await cache.delete("user:123")
    boolean deleted = cache.delete("user:123");

    assertThat(value).hasToString("{\"name\":\"Ada\",\"email\":\"ada@example.com\"}");
    assertThat(user).isEqualTo(userData);
    assertThat(deleted).isTrue();
    assertThat(cache.get("user:123")).isNull();
  }

  @Test
  void patternBasedDeletion() {
    cache.set("user:1", userData);
    cache.set("user:2", userData);
    cache.set("product:1", "kept");
    // await cache.delete_pattern("user:*")  # Clear all user caches
    long deleted = cache.deletePattern("user:*");

    assertThat(deleted).isEqualTo(2);
    assertThat(cache.exists("user:1")).isFalse();
    assertThat(cache.exists("product:1")).isTrue();
  }

  @Test
  void batchOperations() {
    Product product1 = new Product("apple", 1);
    Product product2 = new Product("pear", 2);
    Product product3 = new Product("plum", 3);
    // await cache.set_many({"product:1": product1, …}, ttl=1800)
    cache.setMany(
        Map.of("product:1", product1, "product:2", product2, "product:3", product3),
        Duration.ofSeconds(1800));
    // values = await cache.get_many(["product:1", "product:2", "product:3"])
    Map<String, Product> values =
        cache.getMany(List.of("product:1", "product:2", "product:3"), Product.class);

    assertThat(values)
        .containsExactly(
            Map.entry("product:1", product1),
            Map.entry("product:2", product2),
            Map.entry("product:3", product3));
  }

  @Test
  void theTableIsUnloggedAndHasThePagesColumns() {
    // CREATE UNLOGGED TABLE cache_entries (key …, value …, expires_at …, created_at …)
    database.execute(
        "INSERT INTO howdah_cache.cache_entries (key, value) VALUES ('by:sql', '{\"a\": 1}')");

    assertThat(
            database.value(
                "SELECT relpersistence FROM pg_class WHERE oid = 'howdah_cache.cache_entries'::regclass"))
        .isEqualTo("u");
    assertThat(
            database.count(
                "SELECT count(*) FROM howdah_cache.cache_entries"
                    + " WHERE key = 'by:sql' AND expires_at > now() AND created_at <= now()"))
        .isEqualTo(1);
    assertThat(cache.getJson("by:sql")).isEqualTo("{\"a\": 1}");
  }

  @Test
  void automaticExpiration() {
    // await cache.set("session:abc", session_data, ttl=900)  # 15 minutes
    cache.set("session:abc", Map.of("cart", 3), Duration.ofSeconds(900));
    database.execute(
        "UPDATE howdah_cache.cache_entries SET expires_at = now(), stale_until = now()");
    // # DELETE FROM cache_entries WHERE expires_at < NOW();
    long removed = cache.cleanUp();

    assertThat(removed).isEqualTo(1);
    assertThat(database.count("SELECT count(*) FROM howdah_cache.cache_entries")).isZero();
  }

  @Test
  void sharedAcrossInstances() {
    Map<String, Boolean> flags = Map.of("newCheckout", true);
    try (PostgresCache instance2 = PostgresCache.open(dbPool)) {
      // # Instance 1
      // await cache.set("config:feature_flags", flags)
      cache.set("config:feature_flags", flags);
      // # Instance 2 (immediately available)
      // flags = await cache.get("config:feature_flags")
      JsonNode seen = instance2.get("config:feature_flags");

      assertThat(seen).hasToString("{\"newCheckout\":true}");
    }
  }

  @Test
  void migratingFromRedis() {
    // await cache.set("key", "value", ttl=3600)
    cache.set("key", "value", Duration.ofSeconds(3600));
    // value = await cache.get("key")
    String value = cache.get("key", String.class);

    assertThat(value).isEqualTo("value");
    assertThat(cache.timeToLive("key"))
        .hasValueSatisfying(
            left -> assertThat(left).isBetween(Duration.ofSeconds(3000), Duration.ofSeconds(3600)));
  }
}
