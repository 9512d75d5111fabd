package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That an operation asks the server once, counted on the wire by a proxy. */
@PostgresTest
class RoundTripTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * After so many uses the driver has a statement prepared; until then it may ask more than once.
   */
  private static final int USES_UNTIL_PREPARED = 6;

  private final TestDatabase database;
  private final FaultyProxy proxy;
  private final HikariDataSource pool;
  private final PostgresCache cache;

  RoundTripTest(TestDatabase database) throws IOException {
    this.database = database;
    proxy = new FaultyProxy(database.host(), database.port());
    pool = TestPool.of(url(), database.username(), database.password());
    cache =
        PostgresCache.builder(pool).cleanupInterval(PostgresCache.FOREVER).maxEntries(100).open();
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
    pool.close();
    proxy.close();
  }

  @Test
  void eachOperationIsOneRoundTrip() {
    Map<String, Runnable> operations = new LinkedHashMap<>();
    operations.put("set", () -> cache.set("a", 1, HOUR));
    operations.put("set with tags", () -> cache.set("a", 1, HOUR, "tag"));
    operations.put("setMany", () -> cache.setMany(Map.of("a", 1, "b", 2), HOUR));
    operations.put("setIfAbsent", () -> cache.setIfAbsent("a", 1, HOUR));
    operations.put("compareAndSet", () -> cache.compareAndSet("a", 1, 1, HOUR));
    operations.put("get", () -> cache.get("a", Integer.class));
    operations.put("get of nothing", () -> cache.get("absent"));
    operations.put("getMany", () -> cache.getMany(List.of("a", "b"), Integer.class));
    operations.put("getOrCompute, found", () -> cache.getOrCompute("a", int.class, HOUR, () -> 1));
    operations.put("exists", () -> cache.exists("a"));
    operations.put("timeToLive", () -> cache.timeToLive("a"));
    operations.put("increment", () -> cache.increment("count"));
    operations.put("touch", () -> cache.touch("a", HOUR));
    operations.put("compareAndDelete", () -> cache.compareAndDelete("a", 1));
    operations.put("delete", () -> cache.delete("a"));
    operations.put("deleteMany", () -> cache.deleteMany(List.of("a", "b")));
    operations.put("deletePattern", () -> cache.deletePattern("a*"));
    operations.put("deleteTag", () -> cache.deleteTag("tag"));
    operations.put("clear", cache::clear);

    operations.forEach(
        (name, operation) -> {
          for (int i = 0; i < USES_UNTIL_PREPARED; i++) {
            operation.run();
          }
          assertThat(roundTripsOf(operation)).as(name).isEqualTo(1);
        });
  }

  @Test
  void aReadIsAPreparedStatementWhosePlanIsMadeOnce() throws SQLException {
    cache.set("a", 1);
    for (int i = 0; i < 50; i++) {
      cache.get("a");
    }

    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT generic_plans > 30
                FROM pg_prepared_statements
                WHERE statement LIKE 'SELECT value%'
                """)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBoolean(1)).isTrue();
    }
  }

  private long roundTripsOf(Runnable operation) {
    long before = roundTrips();
    operation.run();
    return roundTrips() - before;
  }

  private long roundTrips() {
    return proxy.connections().stream().mapToLong(c -> c.roundTrips()).sum();
  }

  private String url() {
    return new TestDatabase(
            "localhost", proxy.port(), database.name(), database.username(), database.password())
        .url();
  }
}
