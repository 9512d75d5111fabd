package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a team decides from the command line is what the database has. */
@OneJdk
@PostgresTest
class ErrorsChangeTest {

  private static final String BUG = "no_stock_left";

  @TempDir Path directory;
  private final TestDatabase db;
  private Terminal terminal;

  ErrorsChangeTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void twoErrors() throws SQLException {
    terminal = Terminal.onNewSchema(db);
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.0")) {
      shop.capture(BUG, "no stock", 2).capture("card_refused", "refused", 3);
    }
    db.execute("SELECT monitoring.fold_errors()");
  }

  private @Nullable String group(String column) {
    return db.value(
        "SELECT %s FROM monitoring.error_groups WHERE fingerprint = '%s'".formatted(column, BUG));
  }

  @Test
  void resolvedIsToldAndRecordedUnderOnesName() {
    Ran ran = terminal.succeeding("errors", "resolve", BUG);

    assertThat(ran.out())
        .isEqualToIgnoringNewLines(
            "resolved: no_stock_left, IllegalStateException: no stock in shop, production");
    assertThat(group("status")).isEqualTo("resolved");
    assertThat(group("resolved_by")).isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void somebodyElseMayBeNamed() {
    terminal.succeeding("errors", "resolve", BUG, "--by", "ann");

    assertThat(group("resolved_by")).isEqualTo("ann");
    assertThat(db.value("SELECT DISTINCT changed_by FROM monitoring.error_group_history"))
        .isEqualTo("ann");
  }

  @Test
  void resolvedInARelease() {
    terminal.succeeding("errors", "resolve", BUG, "--in-release", "1.1");
    assertThat(group("resolved_in_release")).isEqualTo("1.1");

    terminal.succeeding("errors", "resolve", BUG, "--in-next-release");
    assertThat(group("resolved_in_release")).isNull();
    assertThat(group("resolved_after_release")).isEqualTo("1.0");
  }

  @Test
  void whereNoReleaseIsKnownThereIsNoNextOne() {
    db.execute("DELETE FROM monitoring.releases");

    Ran ran = terminal.howdah("errors", "resolve", BUG, "--in-next-release");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("howdah errors resolve: no release of the service is known")
        .contains("Set the setting release");
  }

  @Test
  void ignoredUntilWhatComesFirst() {
    terminal.succeeding(
        "errors", "ignore", BUG, "--until=7d", "--occurrences=10", "--until-release=2.0");

    assertThat(group("status")).isEqualTo("ignored");
    assertThat(group("ignored_until > now() + interval '6 days'")).isEqualTo("t");
    assertThat(group("ignored_until_count")).isEqualTo("12");
    assertThat(group("ignored_until_release")).isEqualTo("2.0");
  }

  @Test
  void reopenedItIsUnresolved() {
    terminal.succeeding("errors", "ignore", BUG);

    assertThat(terminal.succeeding("errors", "reopen", BUG).out()).startsWith("reopened: " + BUG);
    assertThat(group("status")).isEqualTo("unresolved");
  }

  @Test
  void assignedAndTakenBack() {
    assertThat(terminal.succeeding("errors", "assign", BUG, "ann").out())
        .startsWith("assigned to ann: " + BUG);
    assertThat(group("assignee")).isEqualTo("ann");

    assertThat(terminal.succeeding("errors", "assign", BUG, "--nobody").out())
        .startsWith("assigned to nobody: " + BUG);
    assertThat(group("assignee")).isNull();
  }

  @Test
  void mergedAndTakenApart() {
    assertThat(terminal.succeeding("errors", "merge", BUG, "card_r").out())
        .startsWith("merged into: card_refused");
    assertThat(terminal.succeeding("errors", "show", BUG).out())
        .containsPattern("fingerprint +card_refused")
        .containsPattern("occurrences +5\n")
        .containsPattern("merged_into +- +card_refused");

    assertThat(terminal.succeeding("errors", "unmerge", BUG).out()).startsWith("unmerged: " + BUG);
    assertThat(group("merged_into")).isNull();
    assertThat(terminal.succeeding("errors", "unmerge", BUG).out())
        .isEqualToIgnoringNewLines("nothing to change");
  }

  @Test
  void programsReadWhatItIsThen() {
    assertThat(terminal.lines("errors", "resolve", BUG, "--json"))
        .singleElement()
        .asString()
        .contains("\"fingerprint\":\"no_stock_left\"", "\"status\":\"resolved\"");
  }

  @Test
  void onlyTheChosenEnvironmentIsMeant() {
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.0", "staging")) {
      shop.capture(BUG, "no stock", 1);
    }

    terminal.succeeding("errors", "resolve", BUG, "--environment", "staging");

    assertThat(
            db.query(
                "SELECT environment, status FROM monitoring.issues WHERE fingerprint = '"
                    + BUG
                    + "' ORDER BY 1"))
        .extracting(Object::toString)
        .containsExactly("[production, unresolved]", "[staging, resolved]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve",
        "resolve no_stock_left --in-release 1.1 --in-next-release",
        "ignore no_stock_left --until 2020-01-01",
        "ignore no_stock_left --occurrences 0",
        "ignore no_stock_left --until soon",
        "assign no_stock_left",
        "assign no_stock_left ann --nobody",
        "merge no_stock_left",
        "merge no_stock_left no_s",
      })
  void aWrongCommandLineChangesNothing(String words) {
    Ran ran = terminal.howdah(("errors " + words).split(" "));

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(db.count("SELECT count(*) FROM monitoring.error_group_history")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve nobody_knows",
        "ignore nobody_knows",
        "reopen nobody_knows",
        "assign nobody_knows ann",
        "merge nobody_knows no_stock_left",
        "merge no_stock_left nobody_knows",
        "unmerge nobody_knows"
      })
  void anUnknownErrorIsNamed(String words) {
    Ran ran = terminal.howdah(("errors " + words).split(" "));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("no error has the fingerprint 'nobody_knows'");
  }

  @Test
  void whoMayOnlyReadIsTold() {
    db.execute(
        "DROP ROLE IF EXISTS cli_reader; CREATE ROLE cli_reader LOGIN PASSWORD 'r' IN ROLE howdah_reader");

    Ran ran =
        Ran.howdah(
            "errors", "resolve", BUG, "--url", db.url(), "--username=cli_reader", "--password=r");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).startsWith("howdah errors resolve: the user may not do that: ");
    assertThat(
            Ran.howdah(
                    "errors",
                    "show",
                    BUG,
                    "--url",
                    db.url(),
                    "--username=cli_reader",
                    "--password=r")
                .exitCode())
        .isZero();
    db.execute("DROP ROLE cli_reader");
  }
}
