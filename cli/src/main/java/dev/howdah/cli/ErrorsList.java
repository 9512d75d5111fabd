package dev.howdah.cli;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The bugs there are. */
@Command(
    name = "list",
    description = "Lists errors, one line for each bug.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the database is away or refuses", "2:the command line is wrong"})
final class ErrorsList implements Callable<Integer> {

  /** The labels of the SQL type error_status. */
  enum Status {
    unresolved,
    resolved,
    ignored
  }

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private Scope scope;
  @Mixin private Output output;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      defaultValue = "unresolved",
      description = "Which: ${COMPLETION-CANDIDATES}, or several. Default: ${DEFAULT-VALUE}.")
  private List<Status> statuses;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Only those seen since: 15m, 2h, 7d, 2026-11-25T10:00Z.")
  private @Nullable Moment since;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      defaultValue = "last-seen",
      description = "What comes first: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private IssueOrder order;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "LINES",
      defaultValue = "20",
      description = "How many at most. Default: ${DEFAULT-VALUE}.")
  private long lines;

  @Override
  public Integer call() throws SQLException {
    if (lines < 1) {
      throw new ParameterException(
          spec.commandLine(), "--lines is " + lines + ": it must be 1 or more");
    }
    Conditions conditions =
        scope
            .to(new Conditions())
            .and("status = ANY (?::monitoring.error_status[])", statuses)
            .and("last_seen >= ?", since == null ? null : since.ago(Instant.now()));
    String sql =
        """
        SELECT *
        FROM monitoring.issues
        %s
        ORDER BY %s DESC, group_id
        LIMIT ?
        """
            .formatted(conditions.sql(), order.column());
    try (Monitoring db = connection.open(spec)) {
      output.print(
          db.query(sql, conditions.values(List.of(), List.of(lines))),
          "fingerprint",
          "status",
          "occurrences",
          "first_seen",
          "last_seen",
          "service",
          "environment",
          "assignee",
          "title",
          "culprit");
      return 0;
    }
  }
}
