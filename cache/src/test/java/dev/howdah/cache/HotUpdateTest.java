package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * That a cache which is written all the time stays as small as it is. {@code -Dhowdah.cache.sets}
 * says how many SETs there are, 100,000 by default; a million were tried.
 */
@PostgresTest
class HotUpdateTest {

  private static final int SETS = Integer.getInteger("howdah.cache.sets", 100_000);
  private static final int KEYS = 5_000;
  private static final int THREADS = 4;
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final PostgresCache cache;

  HotUpdateTest(TestDatabase database) {
    this.database = database;
    pool = TestPool.of(database);
    cache = PostgresCache.open(pool);
  }

  @AfterEach
  void close() {
    cache.close();
    pool.close();
  }

  @Test
  void setsOfExistingKeysLeaveTheIndexesAsTheyAre() throws Exception {
    setEachKeyOnce();
    long indexes = size("pg_indexes_size");
    long table = size("pg_table_size");

    setRandomKeys();

    assertThat(size("pg_indexes_size")).isEqualTo(indexes);
    assertThat(size("pg_table_size")).isLessThan(2 * table);
    // Sessions tell of what they did a second later at most, or when they end.
    pool.close();
    await().untilAsserted(() -> assertThat(statistic("n_tup_upd")).isGreaterThanOrEqualTo(SETS));
    assertThat(100 * statistic("n_tup_hot_upd") / statistic("n_tup_upd")).isGreaterThan(95);
  }

  private void setEachKeyOnce() {
    cache.setMany(
        IntStream.range(0, KEYS).boxed().collect(Collectors.toMap(i -> "user:" + i, i -> value(i))),
        HOUR);
    database.execute("VACUUM howdah_cache.cache_entries");
  }

  private void setRandomKeys() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> setting = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        setting.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < SETS / THREADS; i++) {
                    int key = ThreadLocalRandom.current().nextInt(KEYS);
                    cache.set("user:" + key, value(i), HOUR);
                  }
                }));
      }
      for (Future<?> thread : setting) {
        thread.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Map<String, Object> value(int i) {
    return Map.of("id", i, "name", "Ada Lovelace", "roles", List.of("admin", "author"));
  }

  private long size(String function) {
    return database.count("SELECT " + function + "('howdah_cache.cache_entries')");
  }

  private long statistic(String column) {
    return database.count(
        "SELECT " + column + " FROM pg_stat_user_tables WHERE relname = 'cache_entries'");
  }
}
