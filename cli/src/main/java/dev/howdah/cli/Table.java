package dev.howdah.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns for people: numbers to the right, all else to the left. */
final class Table {

  private final List<List<?>> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(List.of(titles));
  }

  void add(List<?> row) {
    rows.add(row);
  }

  void print(PrintWriter out) {
    int columns = rows.get(0).size();
    for (List<?> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String format = isNumber(column) ? "%" + width(column) + "s" : "%-" + width(column) + "s";
        line.append(String.format(format, text(row.get(column)))).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private boolean isNumber(int column) {
    return rows.size() > 1 && rows.get(1).get(column) instanceof Number;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> text(row.get(column)).length()).max().orElseThrow();
  }

  private static String text(Object cell) {
    return cell.toString();
  }
}
