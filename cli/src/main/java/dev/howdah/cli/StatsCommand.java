package dev.howdah.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Figures of errors and logs. */
@Command(
    name = "stats",
    description = {
      "Prints how many errors there are, and what each application has logged in the last day.",
      "Bytes are those of the rows, without indexes and dictionaries."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the database is away or refuses", "2:the command line is wrong"})
final class StatsCommand implements Callable<Integer> {

  private static final String LOGS_OF_LAST_DAY =
      """
      SELECT i.service,
             count(*) AS logs,
             count(*) FILTER (WHERE e.level = 'WARN') AS warnings,
             count(*) FILTER (WHERE e.level >= 'ERROR') AS errors,
             sum(pg_column_size(e))::bigint AS bytes
      FROM monitoring.log_events e
      JOIN monitoring.instances i ON i.instance_id = e.instance_id
      WHERE e.logged_at > now() - interval '24 hours'
      GROUP BY i.service
      ORDER BY bytes DESC
      """;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private Output output;

  @Override
  public Integer call() throws SQLException {
    try (Monitoring db = connection.open(spec)) {
      List<Row> errors = db.query("SELECT * FROM monitoring.error_stats()");
      List<Row> logs = db.query(LOGS_OF_LAST_DAY);
      if (output.isJson()) {
        errors.forEach(row -> output.printJson(new Row(Map.of("errors", row.values()))));
        logs.forEach(output::printJson);
      } else {
        print(errors, logs);
      }
      return 0;
    }
  }

  private void print(List<Row> errors, List<Row> logs) {
    output.printTable(
        errors, "unresolved", "resolved", "ignored", "regressed", "occurrences", "occurrences_24h");
    if (!logs.isEmpty()) {
      spec.commandLine().getOut().println();
      output.printTable(logs, "service", "logs", "warnings", "errors", "bytes");
    }
  }
}
