package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@PostgresTest
class TestDatabaseTest {

  private static String nameBeforeAll = "";

  private final TestDatabase database;

  TestDatabaseTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeAll
  static void takeName(TestDatabase database) {
    nameBeforeAll = database.name();
  }

  @Test
  void theClassAndItsMethodsShareOneDatabase(TestDatabase parameter) {
    assertThat(parameter).isEqualTo(database);
    assertThat(parameter.name()).isEqualTo(nameBeforeAll);
  }

  @Test
  void rowsComeAsTextAndNullStaysNull() {
    assertThat(database.query("SELECT 1, NULL::text UNION ALL SELECT 2, 'b' ORDER BY 1"))
        .isEqualTo(List.of(Arrays.asList("1", null), List.of("2", "b")));
  }

  @Test
  void aNumberIsCounted() {
    assertThat(database.count("SELECT count(*) FROM generate_series(1, 7)")).isEqualTo(7);
  }

  @Test
  void theDataSourceLeadsToTheSameDatabase() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(connection.getCatalog()).isEqualTo(database.name());
    }
  }

  @Test
  void aFailingStatementIsNamedInTheException() {
    assertThatThrownBy(() -> database.execute("SELEKT 1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SELEKT 1")
        .hasCauseInstanceOf(SQLException.class);
  }

  @Nested
  class Inside {

    @Test
    void aNestedClassSharesTheDatabaseOfTheOuterOne(TestDatabase parameter) {
      assertThat(parameter).isEqualTo(database);
      assertThat(parameter.name()).isEqualTo(nameBeforeAll);
    }
  }
}
