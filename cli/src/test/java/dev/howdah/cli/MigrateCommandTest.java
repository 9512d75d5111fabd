package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostgresTest
class MigrateCommandTest {

  private final TestDatabase db;
  private final Terminal terminal;

  MigrateCommandTest(TestDatabase db) {
    this.db = db;
    terminal = new Terminal(db);
  }

  @BeforeEach
  void noSchema() {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
  }

  @Test
  void aSchemaIsMadeAndEachMigrationIsNamed() {
    assertThat(terminal.lines("migrate"))
        .startsWith("installed V001__logs.sql", "installed V002__errors.sql")
        .allMatch(line -> line.startsWith("installed V"));
    assertThat(db.count("SELECT count(*) FROM monitoring.logs")).isZero();
    assertThat(terminal.lines("migrate")).containsExactly("the schema monitoring is up to date");
  }

  @Test
  void aDryRunOnlyTellsWhatIsMissing() {
    Ran before = terminal.howdah("migrate", "--dry-run");

    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.out()).startsWith("missing V001__logs.sql");
    assertThat(db.value("SELECT to_regnamespace('monitoring')")).isNull();
    terminal.succeeding("migrate");
    assertThat(terminal.lines("migrate", "--dry-run"))
        .containsExactly("the schema monitoring is up to date");
  }

  @Test
  void programsReadObjects() {
    assertThat(terminal.lines("migrate", "--json")).contains("{\"installed\":\"V001__logs.sql\"}");
    assertThat(terminal.lines("migrate", "--json")).isEmpty();
  }

  @Test
  void anotherSchemaIsNamedByAnOption() {
    terminal.succeeding("migrate", "--schema", "Watch");

    assertThat(db.count("SELECT count(*) FROM \"Watch\".logs")).isZero();
    assertThat(terminal.lines("tail", "--schema", "Watch")).isEmpty();
    db.execute("DROP SCHEMA \"Watch\" CASCADE");
  }

  @Test
  void aMigrationThatWasChangedIsRefused() {
    terminal.succeeding("migrate");
    db.execute("UPDATE monitoring.schema_migrations SET checksum = 'x' WHERE version = 2");

    Ran ran = terminal.howdah("migrate");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).startsWith("howdah migrate: ").contains("V002__errors.sql");
  }

  @Test
  void aDatabaseThatIsAwayIsNamedWithoutItsSecrets() throws IOException {
    String url = "jdbc:postgresql://localhost:" + LeftJournal.closedPort() + "/none";

    Ran ran = Ran.howdah("migrate", "--url", url + "?user=app&password=sesame");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("howdah migrate: can't connect to " + url)
        .contains("refused")
        .doesNotContain("sesame", "\tat ", ") (");
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void aSchemaThatIsNotThereIsToldWithTheRemedy() {
    Ran ran = terminal.howdah("stats");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("howdah stats: the schema is not there or not up to date, run howdah migrate:");
  }
}
