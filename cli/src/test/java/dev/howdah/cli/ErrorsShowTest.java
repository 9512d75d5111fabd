package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OneJdk
@PostgresTest
class ErrorsShowTest {

  @TempDir Path directory;
  private final TestDatabase db;
  private Terminal terminal;

  ErrorsShowTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void anErrorInTwoReleases() throws SQLException {
    terminal = Terminal.onNewSchema(db);
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.0")) {
      shop.capture("no_stock_left", "no stock", 3);
    }
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.1")) {
      shop.capture("no_stock_left", "no stock", 2).capture("no_stock_at_all", "none", 1);
    }
    db.execute("SELECT monitoring.fold_errors()");
  }

  @Test
  void allThatIsKnownIsPrinted() {
    terminal.succeeding("errors", "assign", "no_stock_left", "ann@example.com", "--by", "bob");

    String out = terminal.succeeding("errors", "show", "no_stock_left").out();

    assertThat(out)
        .startsWith("IllegalStateException: no stock")
        .containsPattern("fingerprint +no_stock_left")
        .containsPattern("status +unresolved")
        .containsPattern("occurrences +5\n")
        .containsPattern("first release +1.0")
        .containsPattern("last release +1.1")
        .containsPattern("\n1.1 +2 +")
        .containsPattern("\n1.0 +3 +")
        .containsPattern(" bob +assignee +- +ann@example.com")
        .containsPattern("context +\\{.*\"order_id\":2")
        .contains(
            "\njava.lang.IllegalStateException: no stock\n\tat dev.howdah.cli.CapturedErrors");
  }

  @Test
  void programsReadOneObject() {
    assertThat(terminal.lines("errors", "show", "no_stock_left", "--json"))
        .singleElement()
        .asString()
        .contains(
            "\"releases\":[{\"release\":\"1.1\",\"occurrences\":2,",
            "\"history\":[]",
            "\"latest\":{\"id\":",
            "\"order_id\":2");
  }

  @Test
  void aBeginningThatNoOtherHasIsEnough() {
    assertThat(terminal.succeeding("errors", "show", "no_stock_l").out()).contains("no_stock_left");
  }

  @Test
  void aBeginningOfSeveralIsAnsweredWithThem() {
    Ran ran = terminal.howdah("errors", "show", "no_stock");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "'no_stock' is the beginning of several:",
            "  no_stock_left  IllegalStateException: no stock",
            "  no_stock_at_all  IllegalStateException: none");
  }

  @Test
  void aShortBeginningIsRefusedAndAWholeNameIsNot() {
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.1")) {
      shop.capture("npe", "null", 1);
    }

    Ran ran = terminal.howdah("errors", "show", "no_st");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("a beginning must have 6 characters or more");
    assertThat(terminal.succeeding("errors", "show", "npe").out()).contains("null");
  }

  @Test
  void anUnknownErrorIsNamed() {
    Ran ran = terminal.howdah("errors", "show", "nobody_knows");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "howdah errors show: no error has the fingerprint 'nobody_knows'");
  }

  @Test
  void inEachEnvironmentItIsShownUnlessOneIsChosen() {
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.1", "staging")) {
      shop.capture("no_stock_left", "no stock", 1);
    }

    assertThat(terminal.lines("errors", "show", "no_stock_left", "--json")).hasSize(2);
    assertThat(
            terminal.lines("errors", "show", "no_stock_left", "--json", "--environment", "staging"))
        .singleElement()
        .asString()
        .contains("\"occurrences\":1");
  }
}
