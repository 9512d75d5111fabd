package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.Psql;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How the table comes to be, and what a role needs that may not make it. */
@PostgresTest
class InstallTest {

  private static final String PERSISTENCE =
      "SELECT relpersistence FROM pg_class WHERE oid = 'howdah_cache.cache_entries'::regclass";

  @Test
  void psqlInstallsWhatTheApplicationWouldAndMayBeRunAgain()
      throws IOException, InterruptedException {
    assumeTrue(Psql.isThere(), "needs psql");
    TestDatabase database = PostgresServer.shared().createDatabase();

    for (int i = 0; i < 2; i++) {
      Psql.Result result = psql(database);
      assertThat(result.exitCode()).as(result.output()).isZero();
    }

    assertThat(database.value(PERSISTENCE)).isEqualTo("u");
    try (HikariDataSource pool = TestPool.of(database);
        PostgresCache cache = PostgresCache.builder(pool).autoCreate(false).open()) {
      cache.set("key", 1);
      assertThat(cache.get("key", Integer.class)).isEqualTo(1);
    }
  }

  @Test
  void psqlInstallsALoggedTableWhereThatIsWanted() throws IOException, InterruptedException {
    assumeTrue(Psql.isThere(), "needs psql");
    TestDatabase database = PostgresServer.shared().createDatabase();

    Psql.Result result = psql(database, "-v", "logged=1");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(database.value(PERSISTENCE)).isEqualTo("p");
  }

  @Test
  void manyInstancesMayStartAtOnce() throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (HikariDataSource pool = TestPool.of(database)) {
      List<Future<?>> starting = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        CacheBuilder builder = PostgresCache.builder(pool);
        if (i % 2 == 0) {
          builder.nearCache(NearCacheSettings.entries(10));
        }
        starting.add(threads.submit(() -> builder.open().close()));
      }
      for (Future<?> start : starting) {
        start.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aRoleThatMayMakeNothingUsesWhatIsThere(TestDatabase database) {
    PostgresCache.builder(database.dataSource())
        .nearCache(NearCacheSettings.entries(10))
        .open()
        .close();
    database.execute("DROP ROLE IF EXISTS cache_user");
    database.execute("CREATE ROLE cache_user LOGIN PASSWORD 'cache_user'");
    database.execute("GRANT USAGE ON SCHEMA howdah_cache TO cache_user");
    database.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA howdah_cache TO cache_user");
    try (HikariDataSource pool = TestPool.of(database.url(), "cache_user", "cache_user");
        PostgresCache cache =
            PostgresCache.builder(pool)
                .nearCache(NearCacheSettings.entries(10))
                .maxEntries(1)
                .open()) {
      cache.set("a", 1, Duration.ofHours(1), "tag");
      cache.increment("b");
      cache.getOrCompute("c", Integer.class, Duration.ofHours(1), () -> 1);
      assertThat(cache.cleanUp()).isEqualTo(2);
      assertThat(cache.sizes()).hasSize(1);
      assertThat(cache.clear()).isEqualTo(1);
    } finally {
      database.execute("DROP OWNED BY cache_user; DROP ROLE cache_user");
    }
  }

  @Test
  void whereNothingMayBeMadeTheFirstUseSaysWhatIsMissing() {
    TestDatabase database = PostgresServer.shared().createDatabase();
    try (HikariDataSource pool = TestPool.of(database);
        PostgresCache cache = PostgresCache.builder(pool).autoCreate(false).open()) {
      assertThatThrownBy(() -> cache.get("key"))
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.isDatabaseAway()).isFalse())
          .hasMessageContaining("howdah_cache.cache_entries");
    }
  }

  @Test
  void everyTableColumnAndFunctionHasAComment(TestDatabase database) {
    PostgresCache.open(database.dataSource()).close();

    assertThat(
            database.query(
                """
                SELECT c.relname, a.attname
                FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                WHERE c.relnamespace = 'howdah_cache'::regnamespace
                  AND c.relkind = 'r'
                  AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)
                UNION ALL
                SELECT proname, ''
                FROM pg_proc
                WHERE pronamespace = 'howdah_cache'::regnamespace
                  AND obj_description(oid, 'pg_proc') IS NULL
                """))
        .isEmpty();
  }

  private static Psql.Result psql(TestDatabase database, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("psql", "-X"));
    command.addAll(List.of(options));
    command.addAll(List.of("-f", "sql/install.sql"));
    return Psql.run(database, Path.of("").toAbsolutePath(), command);
  }
}
