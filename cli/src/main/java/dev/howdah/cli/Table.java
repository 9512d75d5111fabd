package dev.howdah.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Columns for people: numbers to the right, all else to the left. */
final class Table {

  private final List<List<?>> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(Arrays.stream(titles).map(Painted::title).toList());
  }

  void add(List<?> row) {
    rows.add(row);
  }

  void print(CommandLine command) {
    PrintWriter out = command.getOut();
    Ansi ansi = command.getColorScheme().ansi();
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    boolean[] isNumber = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      widths[column] = width(column);
      isNumber[column] = isNumber(column);
    }
    for (List<?> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.append(padded(row.get(column), widths[column], isNumber[column], ansi)).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String padded(Object cell, int width, boolean isNumber, Ansi ansi) {
    int blanks = width - cell.toString().length();
    if (isNumber) {
      return " ".repeat(blanks) + painted(cell, ansi);
    }
    return painted(cell, ansi) + " ".repeat(blanks);
  }

  private static String painted(Object cell, Ansi ansi) {
    return cell instanceof Painted painted ? painted.on(ansi) : cell.toString();
  }

  private boolean isNumber(int column) {
    return rows.stream().anyMatch(row -> row.get(column) instanceof Number);
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).toString().length()).max().orElseThrow();
  }
}
