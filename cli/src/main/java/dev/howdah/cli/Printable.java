package dev.howdah.cli;

/**
 * Text that somebody logged, as a terminal may have it: without escape sequences, by which a log
 * line could repaint the screen or more.
 */
final class Printable {

  private Printable() {}

  /** The text in one line. */
  static String line(String text) {
    return without(text, false);
  }

  /** The text with its line breaks and tabs. */
  static String block(String text) {
    return without(text, true);
  }

  private static String without(String text, boolean keepBreaks) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isBreak = c == '\n' || c == '\t';
      if (!Character.isISOControl(c) || (isBreak && keepBreaks)) {
        out.append(c);
      } else if (c != '\r') {
        out.append(isBreak ? ' ' : '\uFFFD');
      }
    }
    return out.toString();
  }
}
