package dev.howdah.benchmarks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few things that simple ways of grouping look at, read from a printed stack trace. Text that
 * is missing is an empty string.
 *
 * @param type the outermost exception's class
 * @param method class and method of the first frame that is printed, without the module
 * @param position file and line of that frame
 * @param rootMessage the innermost cause's message, with all its lines
 */
record PrintedTrace(String type, String method, String position, String rootMessage) {

  private static final Pattern FRAME =
      Pattern.compile("^\\s*at (?:[\\w.@-]*/){0,2}(.+)\\(([^()]*)\\)");
  private static final String CAUSE = "Caused by: ";
  private static final Pattern NOT_MESSAGE =
      Pattern.compile("^\\s*(at |\\.\\.\\. \\d+ |Caused by: |Wrapped by: |Suppressed: )");

  static PrintedTrace parse(String text) {
    List<String> lines = text.lines().toList();
    String type = lines.get(0).split(":", 2)[0];
    String rootMessage = message(lines, Math.max(0, lastCause(lines)));
    for (String line : lines) {
      Matcher frame = FRAME.matcher(line);
      if (frame.find()) {
        return new PrintedTrace(type, frame.group(1), frame.group(2), rootMessage);
      }
    }
    return new PrintedTrace(type, "", "", rootMessage);
  }

  private static int lastCause(List<String> lines) {
    for (int line = lines.size() - 1; line >= 0; line--) {
      if (lines.get(line).startsWith(CAUSE)) {
        return line;
      }
    }
    return -1;
  }

  private static String message(List<String> lines, int first) {
    String[] typeAndMessage = lines.get(first).replaceFirst("^" + CAUSE, "").split(": ", 2);
    StringBuilder message = new StringBuilder(typeAndMessage.length == 2 ? typeAndMessage[1] : "");
    for (String line : lines.subList(first + 1, lines.size())) {
      if (NOT_MESSAGE.matcher(line).find()) {
        break;
      }
      message.append('\n').append(line);
    }
    return message.toString();
  }
}
