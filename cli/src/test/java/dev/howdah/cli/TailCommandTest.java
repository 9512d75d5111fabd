package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OneJdk
@PostgresTest
class TailCommandTest {

  @TempDir Path directory;
  private final TestDatabase db;
  private Terminal terminal;
  private LoggedRows shop;
  private LoggedRows billing;

  TailCommandTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void twoInstances() throws SQLException {
    terminal = Terminal.onNewSchema(db);
    shop = LoggedRows.of(db, "shop");
    billing = LoggedRows.of(db, "billing");
  }

  @AfterEach
  void disconnect() throws SQLException {
    shop.close();
    billing.close();
  }

  /** Within what a busy machine takes. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30));
  }

  private static List<String> messages(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll(".*: ", "")).toList();
  }

  private List<String> tailed(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "tail";
    System.arraycopy(options, 0, words, 1, options.length);
    return messages(terminal.lines(words));
  }

  private void threeRows() throws SQLException {
    shop.row(1, "'2026-11-25T10:00Z'", "INFO", "one").commit();
    billing.row(1, "'2026-11-25T10:00:01Z'", "WARN", "two").commit();
    shop.row(2, "'2026-11-25T10:00:02Z'", "DEBUG", "three").commit();
  }

  @Test
  void linesAreOldestFirst() throws SQLException {
    threeRows();

    assertThat(terminal.lines("tail"))
        .containsExactly(
            "2026-11-25 10:00:00.000Z INFO  shop shop.Checkout: one",
            "2026-11-25 10:00:01.000Z WARN  billing shop.Checkout: two",
            "2026-11-25 10:00:02.000Z DEBUG shop shop.Checkout: three");
  }

  @Test
  void optionsNarrowThemDown() throws SQLException {
    threeRows();
    db.execute("INSERT INTO monitoring.call_sites (site_id, logger) VALUES (12, 'other.Thing')");
    db.execute("UPDATE monitoring.log_events SET site_id = 12 WHERE message = 'three'");

    assertThat(tailed("-n", "2")).containsExactly("two", "three");
    assertThat(tailed("--service", "shop")).containsExactly("one", "three");
    assertThat(tailed("--environment", "production")).isEmpty();
    assertThat(tailed("--level", "info")).containsExactly("one", "two");
    assertThat(tailed("--logger", "shop.")).containsExactly("one", "two");
    assertThat(tailed("--since", "2026-11-25T10:00:01Z")).containsExactly("two", "three");
    assertThat(tailed("--since", "2026-11-25T10:00:01Z", "-n1")).containsExactly("three");
  }

  @Test
  void twentyAreEnoughUnlessATimeIsAskedFor() throws SQLException {
    for (int i = 1; i <= 30; i++) {
      shop.row(i, "'2026-11-25T10:00Z'", "INFO", "line " + i);
    }
    shop.commit();

    assertThat(tailed()).hasSize(20).startsWith("line 11").endsWith("line 30");
    assertThat(tailed("--since", "2026-11-25")).hasSize(30);
  }

  @Test
  void whatBelongsToALineIsIndentedBelow() {
    try (CapturedErrors errors = CapturedErrors.of(db, directory, "1.0")) {
      errors.capture("no_stock_left", "no\nstock", 1);
    }

    List<String> lines = terminal.lines("tail");

    assertThat(lines.get(0))
        .contains(" ERROR shop dev.howdah.ErrorTracker: java.lang.IllegalStateException: no");
    assertThat(lines.get(1)).startsWith("    stock {").contains("\"order_id\":1");
    assertThat(lines.get(2)).isEqualTo("    java.lang.IllegalStateException: no");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
  }

  @Test
  void programsReadAllColumns() throws SQLException {
    threeRows();

    assertThat(terminal.lines("tail", "--json", "-n1"))
        .singleElement()
        .asString()
        .startsWith("{\"logged_at\":\"2026-11-25T10:00:02Z\",\"instance_id\":1,\"seq\":2,")
        .contains("\"level\":\"DEBUG\"", "\"logger\":\"shop.Checkout\"", "\"message\":\"three\"");
  }

  @Test
  void aMessageCannotSendCommandsToTheTerminal() throws SQLException {
    shop.row(1, "now()", "INFO", "red \u001B[31m alert").commit();

    assertThat(terminal.succeeding("tail").out()).contains("red \uFFFD[31m alert");
  }

  @Test
  void laterLinesFollow() throws SQLException {
    shop.row(1, "now()", "INFO", "before").commit();
    try (RunningTail tail = RunningTail.of(terminal, "-f")) {
      soon().until(() -> messages(tail.lines()).equals(List.of("before")));

      billing.row(1, "now()", "INFO", "first").commit();
      soon().until(() -> messages(tail.lines()).contains("first"));
      shop.row(2, "now()", "INFO", "second").commit();
      soon().until(() -> messages(tail.lines()).equals(List.of("before", "first", "second")));
    }
  }

  @Test
  void aTransactionThatTookLongIsNotMissed() throws SQLException {
    try (RunningTail tail = RunningTail.of(terminal, "-f")) {
      shop.row(1, "now() - interval '50 seconds'", "INFO", "slow");
      billing.row(1, "now()", "INFO", "fast").commit();
      soon().until(() -> messages(tail.lines()).equals(List.of("fast")));

      shop.commit();
      soon().until(() -> messages(tail.lines()).equals(List.of("fast", "slow")));
      billing.row(2, "now()", "INFO", "last").commit();
      soon().until(() -> messages(tail.lines()).equals(List.of("fast", "slow", "last")));
    }
  }

  @Test
  void whatAnOutageHeldBackForHoursIsNotMissedNorAnythingDoubled() throws SQLException {
    shop.row(1, "now() - interval '3 hours'", "INFO", "old").commit();
    try (RunningTail tail = RunningTail.of(terminal, "-f", "--since", "4h")) {
      billing.row(1, "now()", "INFO", "now").commit();
      soon().until(() -> messages(tail.lines()).equals(List.of("old", "now")));

      shop.row(2, "now() - interval '2 hours'", "INFO", "held back").commit();
      soon().until(() -> messages(tail.lines()).contains("held back"));
      shop.row(3, "now() - interval '1 hour'", "INFO", "too").commit();
      billing.row(2, "now()", "INFO", "last").commit();
      soon()
          .until(
              () ->
                  messages(tail.lines()).equals(List.of("old", "now", "held back", "too", "last")));
    }
  }

  @Test
  void rowsThatSomebodyInsertsByHandAreSeenToo() throws SQLException {
    try (RunningTail tail = RunningTail.of(terminal, "-f")) {
      db.execute(
          """
          INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id, message)
          VALUES (now() - interval '5 seconds', 1, 1, 'INFO', 11, 'by hand'),
                 (now(), 77, 1, 'INFO', 11, 'of nobody')
          """);

      soon().until(() -> messages(tail.lines()).equals(List.of("by hand", "of nobody")));
    }
  }

  @Test
  void followingObeysTheOptionsToo() throws SQLException {
    try (RunningTail tail = RunningTail.of(terminal, "-f", "--level=WARN", "--service=shop")) {
      billing.row(1, "now()", "ERROR", "of another").commit();
      shop.row(1, "now()", "INFO", "harmless").row(2, "now()", "WARN", "trouble").commit();

      soon().until(() -> messages(tail.lines()).equals(List.of("trouble")));
    }
  }

  @Test
  void eachRowOfManyInstancesComesOnce() throws SQLException {
    int rows = 300;
    try (RunningTail tail = RunningTail.of(terminal, "-f")) {
      for (int i = 1; i <= rows; i++) {
        LoggedRows instance = i % 2 == 0 ? shop : billing;
        instance.row(i, "now() - random() * interval '5 seconds'", "INFO", "row " + i);
        if (i % 7 == 0) {
          shop.commit();
        }
        if (i % 11 == 0) {
          billing.commit();
        }
      }
      shop.commit();
      billing.commit();

      soon().until(() -> tail.lines().size() >= rows);
      shop.row(rows + 1, "now()", "INFO", "end").commit();
      soon().until(() -> messages(tail.lines()).contains("end"));
      assertThat(tail.lines()).hasSize(rows + 1).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatApplicationsWriteAtOnceComesOnce() {
    int each = 400;
    try (RunningTail tail = RunningTail.of(terminal, "-f", "--json", "--level=ERROR")) {
      try (CapturedErrors one = CapturedErrors.of(db, directory.resolve("1"), "1.0");
          CapturedErrors two = CapturedErrors.of(db, directory.resolve("2"), "1.0");
          CapturedErrors three = CapturedErrors.of(db, directory.resolve("3"), "1.0")) {
        for (int i = 0; i < each; i++) {
          one.captureUnnamed("no stock");
          two.captureUnnamed("no stock");
          three.captureUnnamed("no stock");
        }
      }

      soon().until(() -> tail.lines().size() >= 3 * each);
      assertThat(tail.lines()).hasSize(3 * each).doesNotHaveDuplicates();
    }
  }

  @Test
  void whenTheDatabaseGoesAwayItSaysSo() throws SQLException {
    try (RunningTail tail = RunningTail.of(terminal, "-f")) {
      db.execute(
          """
          SELECT pg_terminate_backend(pid)
          FROM pg_stat_activity
          WHERE application_name = 'howdah command' AND datname = current_database()
          """);

      assertThat(tail.exitCode()).isEqualTo(1);
      assertThat(tail.err()).startsWith("howdah tail: ").doesNotContain("\tat ");
    }
  }

  @Test
  void whatIsRememberedOfInstancesIsBounded() throws SQLException {
    Instant now = Instant.now();
    try (Monitoring monitoring = Monitoring.open(LocalConfig.of(db))) {
      Tail tail = new Tail(monitoring, new Conditions());
      db.execute(
          """
          INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id)
          SELECT now(), 1000 + n, 1, 'INFO', 11 FROM generate_series(1, 50) n
          """);
      tail.begin(0L, null, now, row -> {});
      assertThat(tail.remembered()).isEqualTo(50);

      tail.poll(now.plus(Duration.ofMinutes(5)), row -> {});

      assertThat(tail.remembered()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--level=LOUD", "--since=yesterday", "-n=-1", "-n=many", "--color"})
  void aWrongOptionIsNamed(String option) {
    Ran ran = terminal.howdah("tail", option);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(option.replaceAll("^-.*=", ""));
  }
}
