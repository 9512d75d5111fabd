package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class StatsCommandTest {

  @TempDir Path directory;
  private final TestDatabase db;
  private Terminal terminal;

  StatsCommandTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void newSchema() throws SQLException {
    terminal = Terminal.onNewSchema(db);
  }

  @Test
  void errorsAreCountedAndLogsByService() throws SQLException {
    try (CapturedErrors shop = CapturedErrors.of(db, directory, "1.0")) {
      shop.capture("no_stock_left", "no stock", 3).capture("card_refused", "refused", 2);
    }
    terminal.succeeding("errors", "resolve", "card_refused");
    LoggedRows billing = LoggedRows.of(db, "billing");
    billing.row(1, "now() - interval '2 days'", "INFO", "old").commit();
    billing.row(2, "now()", "WARN", "new").commit();

    assertThat(terminal.lines("stats"))
        .hasSize(6)
        .anyMatch(line -> line.matches(" +1 +1 +0 +0 +5 +5"))
        .anyMatch(line -> line.matches("shop +5 +0 +5 +\\d+"))
        .anyMatch(line -> line.matches("billing +1 +1 +0 +\\d+"));
    assertThat(terminal.lines("stats", "--json"))
        .contains(
            "{\"errors\":{\"unresolved\":1,\"resolved\":1,\"ignored\":0,\"regressed\":0,"
                + "\"occurrences\":5,\"occurrences_24h\":5}}")
        .anyMatch(line -> line.startsWith("{\"service\":\"billing\",\"logs\":1,\"warnings\":1,"));
  }

  @Test
  void whereNothingWasLoggedThereAreOnlyZeros() {
    assertThat(terminal.lines("stats"))
        .hasSize(2)
        .anyMatch(line -> line.matches(" +0 +0 +0 +0 +0 +0"));
  }
}
