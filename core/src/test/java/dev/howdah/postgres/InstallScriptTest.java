package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.Psql;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sql/install.sql} and the Migrator are two ways to one schema. */
@PostgresTest
@OneJdk
class InstallScriptTest {

  private static final String SCHEMA = "odd \"Name' of a schema";
  private static final String CHANGED = "V003__traces.sql";
  private static final Path SQL = Path.of("..", "sql").toAbsolutePath().normalize();
  private final TestDatabase db;

  InstallScriptTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void needsPsql() {
    assumeTrue(Psql.isThere(), "skipped: there is no psql on this machine");
  }

  @AfterEach
  void drop() {
    db.execute("DROP SCHEMA IF EXISTS " + SqlNames.quoted(SCHEMA) + " CASCADE");
  }

  @Test
  void theScriptMakesTheSameSchemaAsTheMigrator() throws Exception {
    TestDatabase other = PostgresServer.shared().createDatabase();
    try (Connection connection = other.connect()) {
      new Migrator(SCHEMA).migrate(connection);
    }
    assertThat(install(SQL).exitCode()).isZero();

    List<String> catalog = SchemaCatalog.of(db, SCHEMA);
    assertThat(catalog).containsExactlyElementsOf(SchemaCatalog.of(other, SCHEMA));
    for (String kind :
        List.of("relation", "column", "constraint", "function", "type", "schema", "migration")) {
      assertThat(catalog).anyMatch(row -> row.startsWith("[" + kind + ", "));
    }
  }

  @Test
  void theMigratorFindsWhatTheScriptInstalledCurrent() throws Exception {
    assertThat(install(SQL).exitCode()).isZero();
    try (Connection connection = db.connect()) {
      assertThat(new Migrator(SCHEMA).isCurrent(connection)).isTrue();
    }
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    assertThat(install(SQL).exitCode()).isZero();
    List<String> before = everything();

    assertThat(install(SQL).exitCode()).isZero();
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void theScriptRefusesAChangedFileByNameAndChangesNothing(@TempDir Path copy) throws Exception {
    assertThat(install(SQL).exitCode()).isZero();
    List<String> before = everything();
    copyOfTheScripts(copy);
    Files.writeString(copy.resolve("migrations").resolve(CHANGED), changed());
    assertThat(run(copy, "bash", "update-install").exitCode()).isZero();

    Psql.Result refused = install(copy);
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains(CHANGED + " differs from what was installed");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void theMigratorRefusesAFileThatChangedSinceTheScriptInstalledIt() throws Exception {
    assertThat(install(SQL).exitCode()).isZero();
    Migrator changed = new Migrator(SCHEMA, name -> name.equals(CHANGED) ? changed() : text(name));
    try (Connection connection = db.connect()) {
      assertThatThrownBy(() -> changed.migrate(connection))
          .isInstanceOf(SchemaChangedException.class)
          .hasMessageContaining(CHANGED);
    }
  }

  @Test
  void updateInstallMakesTheScriptThatIsInTheRepository(@TempDir Path copy) throws Exception {
    copyOfTheScripts(copy);
    assertThat(run(copy, "bash", "update-install").exitCode()).isZero();
    assertThat(copy.resolve("install.sql")).hasSameTextualContentAs(SQL.resolve("install.sql"));
  }

  @Test
  void withoutANameTheSchemaIsMonitoring() throws Exception {
    assertThat(run(SQL, "psql", "-f", "install.sql").exitCode()).isZero();
    try (Connection connection = db.connect()) {
      assertThat(new Migrator("monitoring").isCurrent(connection)).isTrue();
    }
  }

  private List<String> everything() {
    String installed = "SELECT * FROM " + SqlNames.quoted(SCHEMA) + ".schema_migrations ORDER BY 1";
    return Stream.concat(
            SchemaCatalog.of(db, SCHEMA).stream(),
            db.query(installed).stream().map(String::valueOf))
        .toList();
  }

  private Psql.Result install(Path sql) throws IOException, InterruptedException {
    return run(sql, "psql", "-v", "schema=" + SCHEMA, "-f", sql.resolve("install.sql").toString());
  }

  private Psql.Result run(Path directory, String... command)
      throws IOException, InterruptedException {
    return Psql.run(db, directory, List.of(command));
  }

  private static void copyOfTheScripts(Path copy) throws IOException {
    Files.createDirectories(copy.resolve("migrations"));
    Files.copy(SQL.resolve("update-install"), copy.resolve("update-install"));
    try (Stream<Path> files = Files.list(SQL.resolve("migrations"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve("migrations").resolve(file.getFileName()));
      }
    }
  }

  private static String changed() {
    return text(CHANGED) + "\n-- changed\n";
  }

  private static String text(String migration) {
    try {
      return Files.readString(SQL.resolve("migrations").resolve(migration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
