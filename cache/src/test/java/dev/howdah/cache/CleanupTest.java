package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that go by themselves. */
@PostgresTest
class CleanupTest {

  private static final String ROWS = "SELECT count(*) FROM howdah_cache.cache_entries";

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final PostgresCache cache;

  CleanupTest(TestDatabase database) {
    this.database = database;
    pool = TestPool.of(database);
    cache = PostgresCache.open(pool);
  }

  @BeforeEach
  void empty() {
    TestClock.release(database);
    database.execute("TRUNCATE howdah_cache.cache_entries, howdah_cache.cache_tasks");
  }

  @AfterEach
  void close() {
    cache.close();
    pool.close();
  }

  @Test
  void expiredRowsOfAllBlocksGoAndOthersStay() {
    // 8,000 rows, half of them expired, in more blocks than are looked at once.
    database.execute(
        "INSERT INTO howdah_cache.cache_entries (key, value, expires_at, stale_until)"
            + " SELECT 'key:' || i, to_jsonb((SELECT string_agg(md5(i::text || j), '') FROM generate_series(1, 50) AS j)), at, at"
            + " FROM (SELECT i, now() + (i % 2 - 1) * interval '1 hour' + interval '1 minute' AS at"
            + "       FROM generate_series(1, 8000) AS i) AS series");
    assertThat(database.count("SELECT pg_relation_size('howdah_cache.cache_entries') / 8192"))
        .isGreaterThan(1024);

    assertThat(cache.cleanUp()).isEqualTo(4000);

    assertThat(database.count(ROWS + " WHERE expires_at > now()")).isEqualTo(4000);
    assertThat(database.count(ROWS)).isEqualTo(4000);
    assertThat(cache.stats().expired()).isEqualTo(4000);
  }

  @Test
  void rowsThatSomebodyHasLockedAreLeftToTheNextRun() throws SQLException {
    expired("locked");
    expired("free");
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      cache.on(connection).set("locked", 2);

      assertThat(cache.cleanUp()).isEqualTo(1);
      connection.rollback();
    }

    assertThat(cache.cleanUp()).isEqualTo(1);
  }

  @Test
  void oneOfManyInstancesCleansUpByItself() {
    try (PostgresCache one = often();
        PostgresCache two = often()) {
      expired("a");
      expired("b");

      await().until(() -> database.count(ROWS) == 0);

      assertThat(one.stats().expired() + two.stats().expired()).isEqualTo(2);
    }
  }

  @Test
  void withinAnIntervalOneInstanceGetsTheRun() {
    Cleanup one = cleanup();
    Cleanup two = cleanup();
    TestClock clock = new TestClock(database);

    assertThat(one.claim(Duration.ofMinutes(1))).isTrue();
    assertThat(two.claim(Duration.ofMinutes(1))).isFalse();
    clock.advance(Duration.ofSeconds(59));
    assertThat(one.claim(Duration.ofMinutes(1))).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(two.claim(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void ofTooManyEntriesThoseGoThatWereNotUsedForLongest() {
    TestClock clock = new TestClock(database);
    try (PostgresCache small = PostgresCache.builder(pool).maxEntries(100).open()) {
      for (int i = 0; i < 150; i++) {
        small.set("key:" + i, i);
        clock.advance(Duration.ofSeconds(1));
      }
      // Of the oldest fifty ten are read.
      for (int i = 0; i < 10; i++) {
        small.get("key:" + i);
      }
      clock.advance(Duration.ofSeconds(1));

      assertThat(small.cleanUp()).isEqualTo(50);

      assertThat(small.stats().evicted()).isEqualTo(50);
      assertThat(small.getMany(keys(0, 10))).hasSize(10);
      assertThat(small.getMany(keys(10, 60))).isEmpty();
      assertThat(small.getMany(keys(60, 150))).hasSize(90);
    }
  }

  @Test
  void aReadIsNoUpdate() {
    try (PostgresCache small = PostgresCache.builder(pool).maxEntries(100).open()) {
      small.set("key", 1);
      String row = database.value("SELECT xmin || ' ' || ctid FROM howdah_cache.cache_entries");

      for (int i = 0; i < 20; i++) {
        small.get("key");
      }

      assertThat(database.value("SELECT xmin || ' ' || ctid FROM howdah_cache.cache_entries"))
          .isEqualTo(row);
    }
  }

  @Test
  void ofALargeTableASampleTellsWhoGoes() {
    database.execute(
        "INSERT INTO howdah_cache.cache_entries (key, value, used_at)"
            + " SELECT 'key:' || i, '1', now() - i * interval '1 second'"
            + " FROM generate_series(1, 60000) AS i");
    try (PostgresCache small = PostgresCache.builder(pool).maxEntries(40_000).open()) {
      small.cleanUp();
      small.cleanUp();
    }

    assertThat(database.count(ROWS)).isBetween(38_000L, 42_000L);
    // Roughly the youngest.
    assertThat(database.count(ROWS + " WHERE used_at > now() - interval '38000 seconds'"))
        .isGreaterThan(36_000);
  }

  private static List<String> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "key:" + i).toList();
  }

  private void expired(String key) {
    cache.setMany(Map.of(key, 1));
    database.execute(
        "UPDATE howdah_cache.cache_entries SET expires_at = now(), stale_until = now()"
            + " WHERE key = '"
            + key
            + "'");
  }

  private PostgresCache often() {
    return PostgresCache.builder(pool).cleanupInterval(Duration.ofSeconds(1)).open();
  }

  private Cleanup cleanup() {
    return new Cleanup(
        "howdah_cache", new Connections.Pooled(pool, null), new Counters(), CacheBuilder.UNLIMITED);
  }
}
