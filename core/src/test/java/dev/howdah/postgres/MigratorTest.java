package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@PostgresTest
@OneJdk
class MigratorTest {
  private final TestDatabase db;
  private final String schema = "migrator \"test\" " + UUID.randomUUID().toString().substring(0, 8);
  private final String other = schema + " 2";
  private final Map<String, String> files =
      new HashMap<>(
          Map.of(
              "index.txt", "V001__one.sql\nV002__two.sql\n",
              "schema_migrations.sql",
                  "CREATE TABLE IF NOT EXISTS schema_migrations (version int PRIMARY KEY,"
                      + " name text, checksum text, installed_at timestamptz, installed_by text);",
              "V001__one.sql", "CREATE TABLE one (i int);\r\nCREATE TABLE also (i int);",
              "V002__two.sql", "CREATE TABLE two (i int);"));

  MigratorTest(TestDatabase db) {
    this.db = db;
  }

  @AfterEach
  void dropTheSchemas() throws SQLException {
    try (Connection c = connect();
        Statement statement = c.createStatement()) {
      for (String name : List.of(schema, other)) {
        statement.execute("DROP SCHEMA IF EXISTS " + SqlNames.quoted(name) + " CASCADE");
      }
    }
  }

  @Test
  void tenAtOnceMakeOneSchema() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      Callable<Boolean> migrate =
          () -> {
            try (Connection c = connect()) {
              migrator(schema).migrate(c);
              return c.getAutoCommit() && migrator(schema).isCurrent(c);
            }
          };
      List<Callable<Boolean>> ten = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        ten.add(migrate);
      }
      for (Future<Boolean> result : threads.invokeAll(ten)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(tables(schema)).containsExactly("also", "one", "schema_migrations", "two");
  }

  @Test
  void aChangedFileIsRefusedByName() throws SQLException {
    try (Connection c = connect()) {
      migrator(schema).migrate(c);
      files.put("V001__one.sql", "CREATE TABLE one (i bigint);");
      Migrator changed = migrator(schema);
      assertThatThrownBy(() -> changed.migrate(c))
          .isInstanceOf(SchemaChangedException.class)
          .hasMessageContaining("V001__one.sql")
          .hasMessageContaining(changed.migrations().get(0).checksum());
      assertThat(c.getAutoCommit()).isTrue();
    }
  }

  @Test
  void lineEndsDoNotCountAsAChange() throws SQLException {
    try (Connection c = connect()) {
      migrator(schema).migrate(c);
      files.computeIfPresent("V001__one.sql", (name, sql) -> sql.replace("\r\n", "\n"));
      assertThat(migrator(schema).isCurrent(c)).isTrue();
    }
  }

  @Test
  void twoSchemasLiveInOneDatabase() throws SQLException {
    try (Connection c = connect()) {
      migrator(schema).migrate(c);
      migrator(other).migrate(c);
    }
    assertThat(tables(other)).isEqualTo(tables(schema)).hasSize(4);
  }

  @Test
  void aFailureLeavesNothingBehind() throws SQLException {
    files.put("V002__two.sql", "CREATE TABLE two (i nonsense);");
    try (Connection c = connect()) {
      assertThatThrownBy(() -> migrator(schema).migrate(c)).isInstanceOf(SQLException.class);
      assertThat(c.getAutoCommit()).isTrue();
      assertThat(migrator(schema).isCurrent(c)).isFalse();
    }
    assertThat(tables(schema)).isEmpty();
  }

  @Test
  void aRoleThatMayOnlyReadStartsWithACurrentSchema() throws SQLException {
    String role = SqlNames.quoted(schema);
    try (Connection c = connect();
        Statement statement = c.createStatement()) {
      migrator(schema).migrate(c);
      statement.execute("CREATE ROLE " + role);
      try {
        statement.execute("GRANT USAGE ON SCHEMA " + role + " TO " + role);
        statement.execute("GRANT SELECT ON " + role + ".schema_migrations TO " + role);
        statement.execute("SET ROLE " + role);
        migrator(schema).migrate(c);
        assertThat(migrator(schema).isCurrent(c)).isTrue();
      } finally {
        statement.execute("RESET ROLE");
        statement.execute("DROP OWNED BY " + role);
        statement.execute("DROP ROLE " + role);
      }
    }
  }

  private Migrator migrator(String name) {
    return new Migrator(name, files::get);
  }

  private Connection connect() throws SQLException {
    return db.connect();
  }

  private List<String> tables(String schema) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection c = connect();
        Statement statement = c.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "' ORDER BY 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
