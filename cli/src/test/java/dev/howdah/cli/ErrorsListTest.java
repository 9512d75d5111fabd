package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OneJdk
@PostgresTest
class ErrorsListTest {

  @TempDir Path directory;
  private final TestDatabase db;
  private Terminal terminal;

  ErrorsListTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void threeErrors() throws SQLException {
    terminal = Terminal.onNewSchema(db);
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.0")) {
      shop.capture("no_stock_left", "no stock", 2).capture("card_refused", "refused", 3);
    }
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.0", "staging")) {
      shop.capture("page_not_found", "not there", 1);
    }
    db.execute(
        """
        SELECT monitoring.fold_errors();
        UPDATE monitoring.error_groups SET first_seen = first_seen - interval '1 day'
        WHERE fingerprint = 'no_stock_left';
        UPDATE monitoring.error_groups SET last_seen = last_seen - interval '2 hours'
        WHERE fingerprint = 'card_refused';
        """);
  }

  private List<String> listed(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "errors";
    words[1] = "list";
    System.arraycopy(options, 0, words, 2, options.length);
    return terminal.lines(words).stream().skip(1).map(line -> line.replaceAll(" .*", "")).toList();
  }

  @Test
  void eachIsALine() {
    List<String> lines = terminal.lines("errors", "list");

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("fingerprint").contains("occurrences", "title", "culprit");
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("card_refused ")
                    && line.matches(".* unresolved +3 +.* shop +production +- +.*")
                    && line.contains("IllegalStateException: refused"));
  }

  @ParameterizedTest
  @CsvSource({
    "occurrences, card_refused no_stock_left page_not_found",
    "last-seen, page_not_found no_stock_left card_refused",
    "first-seen, page_not_found card_refused no_stock_left"
  })
  void theOrderIsChosen(String order, String expected) {
    assertThat(listed("--sort", order)).containsExactly(expected.split(" "));
  }

  @Test
  void whatIsMendedIsLeftOutUnlessAskedFor() {
    terminal.succeeding("errors", "resolve", "card_refused");
    terminal.succeeding("errors", "ignore", "no_stock_left");

    assertThat(listed()).containsExactly("page_not_found");
    assertThat(listed("--status", "resolved")).containsExactly("card_refused");
    assertThat(listed("--status", "RESOLVED,ignored"))
        .containsExactlyInAnyOrder("card_refused", "no_stock_left");
  }

  @Test
  void optionsNarrowTheListDown() {
    assertThat(listed("--environment", "staging")).containsExactly("page_not_found");
    assertThat(listed("--service", "billing")).isEmpty();
    assertThat(listed("--since", "1h"))
        .containsExactlyInAnyOrder("page_not_found", "no_stock_left");
    assertThat(listed("-n", "1")).hasSize(1);
  }

  @Test
  void programsReadObjects() {
    assertThat(terminal.lines("errors", "list", "--json", "--environment=staging"))
        .singleElement()
        .asString()
        .contains(
            "\"fingerprint\":\"page_not_found\"", "\"status\":\"unresolved\"", "\"occurrences\":1");
  }

  @Test
  void aLongFingerprintIsShownByItsBeginning() {
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.0")) {
      shop.captureUnnamed("no name");
    }

    String shown = listed().get(0);

    assertThat(shown).matches("v1:[0-9a-f]{12}");
    assertThat(terminal.succeeding("errors", "show", shown).out())
        .containsPattern(shown + "[0-9a-f]{20}");
  }

  @ParameterizedTest
  @CsvSource({"--status, mended", "--sort, name", "--since, yesterday", "-n, 0"})
  void aWrongValueIsNamed(String option, String value) {
    Ran ran = terminal.howdah("errors", "list", option, value);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(value);
  }
}
