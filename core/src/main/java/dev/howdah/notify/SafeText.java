package dev.howdah.notify;

/**
 * Makes a text of unknown origin harmless for those who look at it: what steers a terminal, turns
 * the direction of writing or is no character at all is replaced by something that can be seen, and
 * the text ends, with an ellipsis, where it becomes too long. It stays plain text: what is markup
 * for a receiver, that channel escapes.
 */
final class SafeText {

  private static final char ELLIPSIS = '…';
  private static final int REPLACEMENT = 0xFFFD;
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int PICTURE_OF_DELETE = 0x2421;

  private SafeText() {}

  /**
   * One line: a line break or tab becomes a space.
   *
   * @param text any
   * @param limit most chars of the result, at least 1
   */
  static String line(String text, int limit) {
    return shown(text, limit, false);
  }

  /**
   * Lines with {@code \n} between.
   *
   * @param text any
   * @param limit most chars of the result, at least 1
   */
  static String lines(String text, int limit) {
    return shown(text, limit, true);
  }

  private static String shown(String text, int limit, boolean breaksLines) {
    boolean isCut = text.length() > limit;
    int end = isCut ? limit - 1 : text.length();
    StringBuilder shown = new StringBuilder(end + 1);
    int at = 0;
    while (at < end) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
        continue;
      }
      if (at <= end) {
        shown.appendCodePoint(shown(c, breaksLines));
      }
    }
    return isCut ? shown.append(ELLIPSIS).toString() : shown.toString();
  }

  private static int shown(int c, boolean breaksLines) {
    if (c == '\t') {
      return breaksLines ? c : ' ';
    }
    if (isLineBreak(c)) {
      return breaksLines ? '\n' : ' ';
    }
    if (c < 0x20) {
      return CONTROL_PICTURES + c;
    }
    if (c == 0x7F) {
      return PICTURE_OF_DELETE;
    }
    return isControl(c) || turnsDirection(c) || isNoCharacter(c) ? REPLACEMENT : c;
  }

  /** Next line (U+0085) and Unicode's line and paragraph separators are breaks, too. */
  private static boolean isLineBreak(int c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  private static boolean isControl(int c) {
    return c >= 0x80 && c < 0xA0;
  }

  /** Embeddings, overrides, isolates and marks of Unicode's bidirectional algorithm. */
  private static boolean turnsDirection(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x061C
        || c == 0x200E
        || c == 0x200F;
  }

  /** Surrogates without their other half, and what Unicode keeps for no character. */
  private static boolean isNoCharacter(int c) {
    return (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || (c >= 0xFDD0 && c <= 0xFDEF)
        || (c & 0xFFFE) == 0xFFFE;
  }
}
