package dev.howdah.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All that is known about an error. */
@Command(
    name = "show",
    description =
        "Shows an error: its counts, its releases, what was decided, and its latest occurrence.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:there is no such error, or the database is away or refuses",
      "2:the command line is wrong, or the fingerprint is the beginning of several"
    })
final class ErrorsShow implements Callable<Integer> {

  private static final List<String> FACTS =
      List.of(
          "status",
          "level",
          "service",
          "environment",
          "culprit",
          "assignee",
          "occurrences",
          "first_seen",
          "first_release",
          "last_seen",
          "last_release",
          "resolved_at",
          "resolved_by",
          "resolved_in_release",
          "ignored_until",
          "regressed_at");

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private Scope scope;
  @Mixin private Output output;

  @Parameters(
      paramLabel = "FINGERPRINT",
      description = "The error, or 6 and more characters of it.")
  private String fingerprint;

  @Override
  public Integer call() throws SQLException {
    try (Monitoring db = connection.open(spec)) {
      String whole = FingerprintArgument.whole(db, spec, fingerprint, scope);
      for (Row issue : Issues.of(db, whole, scope)) {
        show(issue, new IssueDetails(db, issue.number("group_id")));
      }
      return 0;
    }
  }

  private void show(Row issue, IssueDetails details) throws SQLException {
    List<Row> releases = details.releases();
    List<Row> history = details.history();
    List<Row> latest = details.latest();
    if (output.isJson()) {
      output.printJson(
          issue
              .with("releases", releases.stream().map(Row::values).toList())
              .with("history", history.stream().map(Row::values).toList())
              .with("latest", latest.isEmpty() ? Map.of() : latest.get(0).values()));
      return;
    }
    printFacts(issue);
    printPart(
        "Releases, of the occurrences that are kept",
        releases,
        "release",
        "occurrences",
        "first_seen",
        "last_seen");
    printPart("History", history, "changed_at", "changed_by", "field", "old_value", "new_value");
    latest.forEach(this::printOccurrence);
    out().println();
  }

  private void printFacts(Row issue) {
    out().println(issue.cell("title"));
    fact("fingerprint", Printable.line(issue.text("fingerprint")));
    for (String fact : FACTS) {
      if (issue.has(fact)) {
        Object cell = issue.cell(fact);
        fact(fact, cell instanceof Painted painted ? painted.on(ansi()) : cell);
      }
    }
  }

  private void fact(String name, Object value) {
    out().println(String.format("  %-20s %s", name.replace('_', ' '), value));
  }

  private void printPart(String title, List<Row> rows, String... columns) {
    if (!rows.isEmpty()) {
      heading(title);
      output.printTable(rows, columns);
    }
  }

  private void printOccurrence(Row latest) {
    heading("Latest occurrence");
    for (String fact :
        List.of("id", "occurred_at", "release", "host", "trace_id", "message", "context")) {
      if (latest.has(fact)) {
        fact(fact, latest.cell(fact));
      }
    }
    if (latest.has("stack_trace")) {
      out().println();
      out().println(Printable.block(latest.text("stack_trace")).stripTrailing());
    }
  }

  private void heading(String title) {
    out().println();
    out().println(Painted.title(title).on(ansi()));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Ansi ansi() {
    return spec.commandLine().getColorScheme().ansi();
  }
}
