package dev.howdah.fingerprint;

import java.util.List;

/**
 * The lines of a text, without what a collector of logs put before each: {@code app_1 | }, a time,
 * a host. That is told from the first frame, which no line of the text begins with otherwise.
 */
final class CollectedLines {

  private static final int TRIES = 5;

  private CollectedLines() {}

  static List<String> of(String text) {
    List<String> lines = text.lines().toList();
    int prefix = prefix(lines);
    return prefix == 0
        ? lines
        : lines.stream()
            .map(line -> line.length() < prefix ? line : line.substring(prefix))
            .toList();
  }

  private static int prefix(List<String> lines) {
    int prefix = 0;
    for (String line : lines) {
      if (FrameLine.parse(line.strip()) != null) {
        return 0;
      }
      if (prefix == 0) {
        prefix = prefix(line);
      }
    }
    return prefix;
  }

  /** The length of what stands before a frame and the white space that indents it. */
  private static int prefix(String line) {
    int at = -1;
    for (int tries = 0; tries < TRIES; tries++) {
      at = line.indexOf("at ", at + 1);
      if (at < 0) {
        return 0;
      }
      if (at > 0
          && Character.isWhitespace(line.charAt(at - 1))
          && FrameLine.parse(line.substring(at).stripTrailing()) != null) {
        return line.substring(0, at).stripTrailing().length();
      }
    }
    return 0;
  }
}
