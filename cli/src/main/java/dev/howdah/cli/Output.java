package dev.howdah.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How rows are printed: as a table, or for programs. */
final class Output {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "One JSON object a line, in UTF-8, for programs.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  /**
   * Prints rows.
   *
   * @param columns those of the table; programs get all
   */
  void print(List<Row> rows, String... columns) {
    if (json) {
      rows.forEach(this::printJson);
    } else {
      printTable(rows, columns);
    }
  }

  void printJson(Row row) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(row.json());
    out.print('\n');
  }

  void printTable(List<Row> rows, String... columns) {
    Table table = new Table(columns);
    rows.forEach(row -> table.add(row.cells(columns)));
    table.print(spec.commandLine());
  }
}
