package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Triggers that delete the entries of changed rows. */
@PostgresTest
class InvalidationTest {

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final PostgresCache cache;

  InvalidationTest(TestDatabase database) {
    this.database = database;
    pool = TestPool.of(database);
    cache = PostgresCache.open(pool);
  }

  @BeforeEach
  void tableWithTwoRows() {
    cache.clear();
    database.execute("DROP TABLE IF EXISTS users");
    database.execute("CREATE TABLE users (id int, \"e-mail\" text)");
    database.execute("INSERT INTO users VALUES (1, 'ada@example.com'), (2, 'alan@example.com')");
  }

  @AfterEach
  void close() {
    cache.close();
    pool.close();
  }

  @Test
  void aChangedRowsEntryIsDeletedWithTheSameCommit() throws SQLException {
    invalidateOn("user:{id}");
    cache.setMany(Map.of("user:1", 1, "user:2", 1));
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("UPDATE users SET \"e-mail\" = 'ada@example.org' WHERE id = 1");
      assertThat(cache.exists("user:1")).isTrue();

      connection.commit();
    }

    assertThat(left("user:1", "user:2")).containsExactly("user:2");
  }

  @Test
  void aRollbackKeepsTheEntry() throws SQLException {
    invalidateOn("user:{id}");
    cache.set("user:1", 1);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("DELETE FROM users");

      connection.rollback();
    }

    assertThat(cache.exists("user:1")).isTrue();
  }

  @Test
  void insertsUpdatesAndDeletesOfManyRowsCount() {
    invalidateOn("user:{id}");
    cache.setMany(Map.of("user:1", 1, "user:2", 1, "user:3", 1, "user:12", 1, "user:13", 1));

    database.execute("INSERT INTO users VALUES (3, 'c@example.com'), (4, 'd@example.com')");
    assertThat(cache.exists("user:3")).isFalse();

    // The old key and the new one.
    database.execute("UPDATE users SET id = id + 11 WHERE id IN (1, 2)");
    assertThat(left("user:1", "user:2", "user:12", "user:13")).isEmpty();

    cache.setMany(Map.of("user:4", 1, "user:5", 1));
    database.execute("DELETE FROM users");
    assertThat(left("user:4", "user:5")).containsExactly("user:5");
  }

  @Test
  void aPatternHasAnyColumnsAndAStarForTheRest() {
    invalidateOn("user:{id}:{e-mail}:*");
    cache.setMany(
        Map.of(
            "user:1:ada@example.com:orders", 1,
            "user:1:ada@example.com:", 1,
            "user:1:adaXexample.com:orders", 1,
            "user:11:ada@example.com:orders", 1));

    database.execute("DELETE FROM users WHERE id = 1");

    assertThat(cache.sizes().get(0).entries()).isEqualTo(2);
    assertThat(left("user:1:adaXexample.com:orders", "user:11:ada@example.com:orders")).hasSize(2);
  }

  @Test
  void whatAColumnHoldsIsNoPattern() {
    invalidateOn("mail:{e-mail}*");
    database.execute("INSERT INTO users VALUES (9, 'a_%\\''x')");
    cache.setMany(Map.of("mail:a_%\\'x:1", 1, "mail:abc'x:1", 1, "mail:a", 1));

    database.execute("DELETE FROM users WHERE id = 9");

    assertThat(left("mail:a_%\\'x:1", "mail:abc'x:1", "mail:a"))
        .containsExactlyInAnyOrder("mail:abc'x:1", "mail:a");
  }

  @Test
  void aTableMayHaveSeveralPatternsAndLoseThem() {
    invalidateOn("user:{id}");
    invalidateOn("user:{id}");
    invalidateOn("users:all");
    cache.setMany(Map.of("user:1", 1, "user:2", 1, "users:all", 1));

    database.execute("DELETE FROM users WHERE id = 1");
    assertThat(left("user:1", "user:2", "users:all")).containsExactly("user:2");

    database.execute("SELECT howdah_cache.invalidate_no_more('users', 'user:{id}')");
    cache.set("users:all", 1);
    database.execute("DELETE FROM users WHERE id = 2");
    assertThat(left("user:2", "users:all")).containsExactly("user:2");
  }

  @Test
  void truncatingDeletesTheEntriesOfAllRows() {
    invalidateOn("user:{id}:name");
    cache.setMany(Map.of("user:1:name", 1, "user:77:name", 1, "user:1:other", 1));

    database.execute("TRUNCATE users");

    assertThat(left("user:1:name", "user:77:name", "user:1:other")).containsExactly("user:1:other");
  }

  @Test
  void aPatternWithAColumnThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> invalidateOn("user:{uid}"))
        .rootCause()
        .hasMessageContaining("pattern 'user:{uid}': table public.users has no column 'uid'");
  }

  @Test
  void whoMayChangeTheTableNeedsNoRightOnTheCache() throws SQLException {
    invalidateOn("user:{id}");
    cache.set("user:1", 1);
    database.execute("DROP ROLE IF EXISTS cache_stranger; CREATE ROLE cache_stranger");
    database.execute("GRANT ALL ON users TO cache_stranger");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE cache_stranger");
      statement.execute("UPDATE users SET \"e-mail\" = '' WHERE id = 1");
      assertThatThrownBy(() -> statement.execute("SELECT howdah_cache.invalidate_on('users', '*')"))
          .hasMessageContaining("permission denied");
    } finally {
      database.execute("REVOKE ALL ON users FROM cache_stranger; DROP ROLE cache_stranger");
    }

    assertThat(cache.exists("user:1")).isFalse();
  }

  private void invalidateOn(String pattern) {
    database.execute("SELECT howdah_cache.invalidate_on('users', '" + pattern + "')");
  }

  private Iterable<String> left(String... keys) {
    return cache.getMany(List.of(keys)).keySet();
  }
}
