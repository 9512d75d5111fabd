package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of keys, as PostgreSQL matches them. */
@PostgresTest
class KeyPatternTest {

  private final TestDatabase database;

  KeyPatternTest(TestDatabase database) {
    this.database = database;
    try (HikariDataSource pool = TestPool.of(database)) {
      PostgresCache.open(pool).close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          user:*        | user:1, user:, user:1:x                | user, xuser:1, USER:1
          *             | a, user:1                              |
          u?er          | user, u_er, u☂er                       | uer, usser
          u[sz]er       | user, uzer                             | uxer, u[sz]er
          u[a-c]er      | uaer, ucer                             | uder, uBer, u-er
          u[^a-c]er     | user, u-er                             | uaer, uer
          u[a-]er       | uaer, u-er                             | uber
          u[-a]er       | uaer, u-er                             | uber
          u[\\]x]er     | u]er, uxer                             | u\\er
          u[\\^x]er     | u^er, uxer                             | u\\er
          u[.]er        | u.er                                   | user
          user\\*       | user*                                  | user1, user\\*
          user\\?       | user?                                  | userx
          a_c           | a_c                                    | abc
          100%          | 100%                                   | 1000, 100
          a\\\\b*       | a\\b, a\\bc                            | ab, a\\\\b
          a.b[c]        | a.bc                                   | axbc
          a(b)[c]       | a(b)c                                  | abc
          a+[b]         | a+b                                    | aab
          *[0-9]        | user:1, 7                              | user:x
          [α-ω]         | β                                      | b, α1
          """)
  void matchesAsRedisDoes(String pattern, String fitting, @Nullable String others) {
    assertThat(split(fitting)).isNotEmpty().allMatch(key -> matches(pattern, key));
    assertThat(split(others)).noneMatch(key -> matches(pattern, key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[b", "a[", "a[]", "a[^]", "a\\", "a[\\", "a[z-a]"})
  void brokenPatternsAreRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyPattern.of("", pattern))
        .withMessageStartingWith("pattern '" + pattern + "': ");
  }

  @Test
  void whatStandsBeforeTheFirstWildcardIsFoundByTheIndex() throws SQLException {
    database.execute(
        "INSERT INTO howdah_cache.cache_entries (key, value)"
            + " SELECT 'user:' || i, '1' FROM generate_series(1, 20000) AS i");
    database.execute("ANALYZE howdah_cache.cache_entries");

    String plan = plan(KeyPattern.of("", "user:77*[0-9]"));

    assertThat(plan)
        .containsPattern("Index Scan (on|using) cache_entries_pkey")
        .contains("Index Cond: ((key >= 'user:77'::text) AND (key < 'user:78'::text)");
  }

  private String plan(KeyPattern pattern) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement explain =
            connection.prepareStatement(
                "EXPLAIN " + new EntryTable("howdah_cache", false).deleteMatching(pattern))) {
      pattern.bind(explain, 1);
      try (ResultSet row = explain.executeQuery()) {
        StringBuilder plan = new StringBuilder();
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
        return plan.toString();
      }
    }
  }

  private boolean matches(String pattern, String key) {
    KeyPattern parsed = KeyPattern.of("", pattern);
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT "
                    + parsed.condition()
                    + " FROM (SELECT ?::text COLLATE \"C\" AS key) AS k")) {
      parsed.bind(statement, 1);
      statement.setString(parsed.regex() == null ? 2 : 3, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> split(@Nullable String keys) {
    return keys == null
        ? List.of()
        : Stream.of(keys.split(",", -1)).map(String::strip).collect(Collectors.toList());
  }
}
