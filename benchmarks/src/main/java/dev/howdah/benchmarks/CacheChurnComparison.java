package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.cache.PostgresCache;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How large the cache's table is after many SETs of keys that were there before. */
final class CacheChurnComparison implements Comparison {

  /** The first row, which the others are compared with. */
  static final String BEFORE = "each key set once";

  /** The columns. */
  static final String TABLE = "table, KiB";

  static final String INDEXES = "indexes, KiB";
  static final String HOT = "HOT, % of updates";

  private static final String STATISTICS =
      "FROM pg_stat_user_tables WHERE relid = 'howdah_cache.cache_entries'::regclass";

  private static final int STEPS = 4;
  private static final int THREADS = 4;
  private static final Duration HOUR = Duration.ofHours(1);

  @Override
  public String name() {
    return "cache-churn";
  }

  @Override
  public String summary() {
    return "size of the cache's table and indexes after a million SETs of existing keys";
  }

  @Override
  public Report run(Options options) throws Exception {
    return options.quick()
        ? run("bin/bench cache-churn --quick", 100_000)
        : run("bin/bench cache-churn", 1_000_000);
  }

  /**
   * Measures.
   *
   * @param sets how many SETs; a multiple of 16
   * @throws IllegalStateException when an index has grown, or an update in twenty was not HOT
   */
  Report run(String command, int sets) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put(
        "entries",
        "%,d of %d characters; %d threads"
            .formatted(CacheOperation.KEYS, CacheOperation.VALUE.length(), THREADS));
    Samples samples = new Samples();
    long done = inSessionsOfTheirOwn(database, CacheChurnComparison::fill, 0);
    database.execute("VACUUM ANALYZE howdah_cache.cache_entries");
    measure(database, samples, BEFORE);
    for (int step = 1; step <= STEPS; step++) {
      done =
          inSessionsOfTheirOwn(database, cache -> churn(cache, sets / STEPS), done + sets / STEPS);
      measure(database, samples, "%,d SETs more".formatted(done));
    }
    return new Report(name(), conditions, checked(samples), row -> BEFORE);
  }

  private interface Work {
    void on(PostgresCache cache) throws Exception;
  }

  /**
   * Waits until the server has counted what was done: sessions tell of it when they end.
   *
   * @param updates how many it must have counted
   * @return the same
   */
  private static long inSessionsOfTheirOwn(TestDatabase database, Work work, long updates)
      throws Exception {
    try (HikariDataSource pool = JdbcPool.plain(database, THREADS);
        PostgresCache cache = PostgresCache.open(pool)) {
      work.on(cache);
    }
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (database.count("SELECT n_tup_upd " + STATISTICS) < updates) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "after a minute the server has not counted %,d updates".formatted(updates));
      }
      Thread.sleep(20);
    }
    return updates;
  }

  private static void fill(PostgresCache cache) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < CacheOperation.KEYS; i++) {
      values.put(CacheOperation.key(i), CacheOperation.VALUE);
    }
    cache.setMany(values, HOUR);
  }

  private static void churn(PostgresCache cache, int sets) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < sets / THREADS; i++) {
                    int key = ThreadLocalRandom.current().nextInt(CacheOperation.KEYS);
                    cache.set(CacheOperation.key(key), CacheOperation.VALUE, HOUR);
                  }
                }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void measure(TestDatabase database, Samples samples, String row) {
    samples.add(row, TABLE, size(database, "pg_table_size"));
    samples.add(row, INDEXES, size(database, "pg_indexes_size"));
    samples.add(
        row,
        HOT,
        database.count(
                "SELECT coalesce(10000 * n_tup_hot_upd / nullif(n_tup_upd, 0), 10000) "
                    + STATISTICS)
            / 100.0);
  }

  private static double size(TestDatabase database, String function) {
    return database.count("SELECT " + function + "('howdah_cache.cache_entries')") / 1024.0;
  }

  private static Samples checked(Samples samples) {
    double indexes = samples.spread(BEFORE, INDEXES).median();
    for (String row : samples.contenders()) {
      double now = samples.spread(row, INDEXES).median();
      double hot = samples.spread(row, HOT).median();
      if (now > indexes || hot < 95) {
        throw new IllegalStateException(
            "%s: indexes of %.0f KiB were %.0f before, %.1f %% of updates were HOT"
                .formatted(row, now, indexes, hot));
      }
    }
    return samples;
  }
}
