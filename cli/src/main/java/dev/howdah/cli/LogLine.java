package dev.howdah.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import picocli.CommandLine.Help.Ansi;

/** A row of the view logs as a line, with what belongs to it indented below. */
final class LogLine {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
  private static final int LONGEST_LEVEL = 5;
  private static final String INDENT = "    ";

  private final Ansi ansi;

  LogLine(Ansi ansi) {
    this.ansi = ansi;
  }

  String of(Row row) {
    StringBuilder line = new StringBuilder();
    String level = row.text("level");
    line.append(MILLIS.format((Instant) Objects.requireNonNull(row.values().get("logged_at"))));
    line.append(' ').append(Painted.level(level).on(ansi));
    line.append(" ".repeat(LONGEST_LEVEL - level.length()));
    line.append(' ').append(row.cell("service"));
    line.append(' ').append(row.cell("logger"));
    line.append(": ").append(indented(row, "message"));
    if (row.has("context")) {
      line.append(' ').append(row.cell("context"));
    }
    if (row.has("stack_trace")) {
      line.append('\n').append(INDENT).append(indented(row, "stack_trace"));
    }
    return line.toString();
  }

  /** Lines after the first stand below it, so that each event is seen to begin. */
  private static String indented(Row row, String column) {
    String text = row.has(column) ? row.text(column) : "";
    return Printable.block(text).stripTrailing().replace("\n", "\n" + INDENT);
  }
}
