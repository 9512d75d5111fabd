package dev.howdah.examples.shop;

import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints questions in SQL and what PostgreSQL answers, as tables that fit a terminal. */
final class Answers {

  private static final int MAX_LINE = 100;
  private static final String INDENT = "    ";

  private final TestDatabase database;

  Answers(TestDatabase database) {
    this.database = database;
  }

  void print(String title, String sql) throws SQLException {
    ask(title, sql);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      table(result).forEach(System.out::println);
    }
  }

  /** For an answer of one value with several lines. */
  void printText(String title, String sql) {
    ask(title, sql);
    String.valueOf(database.value(sql))
        .replace("\t", "    ")
        .lines()
        .map(line -> fitting(INDENT + line))
        .forEach(System.out::println);
  }

  private static void ask(String title, String sql) {
    System.out.println("\n== " + title + "\n\n" + sql.strip().indent(INDENT.length()));
  }

  private static List<String> table(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    List<String[]> rows = new ArrayList<>();
    String[] head = new String[columns.getColumnCount()];
    for (int i = 0; i < head.length; i++) {
      head[i] = columns.getColumnLabel(i + 1);
    }
    rows.add(head);
    while (result.next()) {
      String[] row = new String[head.length];
      for (int i = 0; i < head.length; i++) {
        row[i] = String.valueOf(result.getString(i + 1)).replace("\n", " ");
      }
      rows.add(row);
    }
    return lines(rows, head.length);
  }

  private static List<String> lines(List<String[]> rows, int columns) {
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(INDENT);
      for (int i = 0; i < columns; i++) {
        line.append(String.format(Locale.ROOT, "%-" + widths[i] + "s  ", row[i]));
      }
      lines.add(fitting(line.toString().stripTrailing()));
    }
    return lines;
  }

  private static String fitting(String line) {
    return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE - 1) + "…";
  }
}
