package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostgresTest
class PartitionsCommandTest {

  private final TestDatabase db;
  private Terminal terminal;

  PartitionsCommandTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void aDayOfLogs() throws SQLException {
    terminal = Terminal.onNewSchema(db);
    db.execute(
        """
        SELECT monitoring.make_partition('monitoring.log_events', 'logged_at', '2026-11-24');
        INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id)
        SELECT '2026-11-24T10:00Z', 1, n, 'INFO', 1 FROM generate_series(1, 300) n;
        INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id)
        SELECT '2026-11-26T10:00Z', 1, n, 'INFO', 1 FROM generate_series(301, 304) n;
        """);
  }

  @Test
  void eachHasItsBoundsRowsAndBytes() {
    db.execute("ANALYZE monitoring.log_events");

    assertThat(terminal.lines("partitions"))
        .hasSize(5)
        .endsWith("strays in log_events_default: 4")
        .anyMatch(
            line ->
                line.matches(
                    "log_events_p20261124 +2026-11-24 00:00:00Z +2026-11-25 00:00:00Z +300 +\\d+"))
        .anyMatch(line -> line.matches("log_events_default +- +- +4 +\\d+"))
        .anyMatch(line -> line.matches("error_occurrences_default +- +- +0 +\\d+"));
  }

  @Test
  void programsReadTheSame() {
    assertThat(terminal.lines("partitions", "--json"))
        .hasSize(3)
        .anyMatch(
            line ->
                line.startsWith(
                    "{\"table\":\"log_events\",\"partition\":\"log_events_p20261124\","
                        + "\"from\":\"2026-11-24T00:00:00Z\",\"to\":\"2026-11-25T00:00:00Z\","
                        + "\"is_default\":false,\"bytes\":"));
  }

  @Test
  void rowsThatNobodyHasCountedAreUnknown() {
    assertThat(terminal.lines("partitions"))
        .anyMatch(line -> line.matches("log_events_p20261124 .* +- +\\d+"));
  }
}
