package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations on a caller's connection. */
@PostgresTest
class CallersTransactionTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final PostgresCache cache;

  CallersTransactionTest(TestDatabase database) {
    this.database = database;
    pool = TestPool.of(database);
    cache = PostgresCache.open(pool);
  }

  @BeforeEach
  void empty() {
    TestClock.release(database);
    cache.clear();
    database.execute("DROP TABLE IF EXISTS users; CREATE TABLE users (id int, name text)");
  }

  @AfterEach
  void close() {
    cache.close();
    pool.close();
  }

  @Test
  void theRowAndTheEntryChangeTogether() throws SQLException {
    cache.set("user:1", "Ada");
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO users VALUES (1, 'Alan')");
      cache.on(connection).set("user:1", "Alan");
      assertThat(cache.get("user:1", String.class)).isEqualTo("Ada");
      assertThat(cache.on(connection).get("user:1", String.class)).isEqualTo("Alan");

      connection.commit();
    }

    assertThat(cache.get("user:1", String.class)).isEqualTo("Alan");
  }

  @Test
  void aRollbackTakesEveryKindOfChangeBack() throws SQLException {
    cache.setMany(Map.of("set", 1, "deleted", 1, "counted", 1, "compared", 1, "p:1", 1, "many", 1));
    cache.set("tagged", 1, HOUR, "tag");
    cache.set("touched", 1, HOUR);
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      PostgresCache on = cache.on(connection);
      on.set("set", 2);
      on.setMany(Map.of("many", 2, "many more", 2));
      on.setIfAbsent("absent", 2, HOUR);
      on.compareAndSet("compared", 1, 2, HOUR);
      on.increment("counted");
      on.touch("touched", Duration.ofMinutes(1));
      on.delete("deleted");
      on.deletePattern("p:*");
      on.deleteTag("tag");
      on.withPrefix("view:").set("1", 2);
      assertThat(on.getOrCompute("computed", Integer.class, HOUR, () -> 2)).isEqualTo(2);
      assertThat(on.exists("computed")).isTrue();

      connection.rollback();
    }

    assertThat(
            cache.getMany(
                List.of(
                    "set", "deleted", "counted", "compared", "p:1", "many", "tagged", "touched"),
                Integer.class))
        .hasSize(8);
    assertThat(cache.getMany(List.of("set", "counted", "compared", "many"), Integer.class).values())
        .containsOnly(1);
    assertThat(cache.getMany(List.of("absent", "many more", "view:1", "computed"))).isEmpty();
    assertThat(cache.timeToLive("touched").orElseThrow()).isGreaterThan(Duration.ofMinutes(30));
  }

  @Test
  void anEntryThatExpiresDuringTheTransactionIsNotThereAnyMore() throws SQLException {
    TestClock clock = new TestClock(database);
    cache.set("brief", 1, Duration.ofSeconds(1));
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      assertThat(cache.on(connection).exists("brief")).isTrue();

      clock.advance(Duration.ofSeconds(1));

      assertThat(cache.on(connection).exists("brief")).isFalse();
      connection.rollback();
    }
  }

  @Test
  void aFailureIsNotTakenForAMissThere() throws SQLException {
    try (PostgresCache missing = PostgresCache.builder(pool).fallback(Fallback.MISS).open();
        Connection connection = pool.getConnection()) {
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

      assertThatThrownBy(() -> missing.on(connection).get("key"))
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.isDatabaseAway()).isTrue());
      assertThat(missing.stats().unanswered()).isZero();
    }
  }

  @Test
  void aPoolWithoutAutoCommitServesAsWell() {
    try (HikariDataSource careful = TestPool.withoutAutoCommit(database)) {
      try (PostgresCache other = PostgresCache.open(careful)) {
        other.set("key", 1);
        other.getOrCompute("computed", Integer.class, HOUR, () -> 2);
      }
    }

    assertThat(cache.getMany(List.of("key", "computed"))).hasSize(2);
  }
}
