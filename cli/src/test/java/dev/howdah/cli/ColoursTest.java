package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Colours are for terminals: picocli looks for one, or is told. */
@PostgresTest
class ColoursTest {

  private static final String ANSI = "picocli.ansi";

  private final TestDatabase db;
  private Terminal terminal;

  ColoursTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void aWarning() throws SQLException {
    terminal = Terminal.onNewSchema(db);
    try (LoggedRows shop = LoggedRows.of(db, "shop")) {
      shop.row(1, "now()", "WARN", "@|red careful|@").commit();
    }
  }

  @AfterEach
  void asBefore() {
    System.clearProperty(ANSI);
  }

  @Test
  void onATerminalLevelsAndTitlesHaveThem() {
    System.setProperty(ANSI, "true");

    assertThat(terminal.succeeding("tail").out()).contains("\u001B[33mWARN", "@|red careful|@");
    assertThat(terminal.succeeding("stats").out()).contains("\u001B[1munresolved");
  }

  @Test
  void columnsStayInLine() {
    String plain = terminal.succeeding("stats").out();
    System.setProperty(ANSI, "true");

    assertThat(terminal.succeeding("stats").out().replaceAll("\u001B\\[[0-9;]*m", ""))
        .isEqualTo(plain);
  }

  @Test
  void elsewhereThereAreNone() {
    assertThat(terminal.succeeding("tail").out()).doesNotContain("\u001B");
  }
}
