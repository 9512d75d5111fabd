package dev.howdah.notify;

/**
 * Texts of unknown origin, made fit for people's eyes: cut to a length, never within a character,
 * and rid of what acts on a screen. Control characters such as ESC show as their pictures (␛);
 * characters that turn the direction of writing, and halves of characters, as �. What a receiver
 * takes for mark-up is escaped by its channel.
 */
final class SafeText {

  private static final String CUT = "…";

  private SafeText() {}

  /** On one line, without blanks around; at most so many chars. */
  static String line(String text, int max) {
    return clean(text.strip(), max, false);
  }

  /** Line feeds and tabs stay; at most so many chars. */
  static String lines(String text, int max) {
    return clean(text.strip(), max, true);
  }

  private static String clean(String text, int max, boolean keepLines) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), max));
    for (int i = 0; i < text.length(); ) {
      int raw = text.codePointAt(i);
      int shown = raw == '\n' || raw == '\t' ? (keepLines ? raw : ' ') : visible(raw);
      i += Character.charCount(raw);
      if (raw == '\r') {
        if (keepLines || (i < text.length() && text.charAt(i) == '\n')) {
          continue;
        }
        shown = ' ';
      }
      int room = max - out.length() - (i < text.length() ? CUT.length() : 0);
      if (Character.charCount(shown) > room) {
        return out.append(CUT).toString();
      }
      out.appendCodePoint(shown);
    }
    return out.toString();
  }

  private static int visible(int character) {
    if (character < ' ') {
      return '\u2400' + character;
    }
    return acts(character) ? '\uFFFD' : character;
  }

  private static boolean acts(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT ->
          (character >= 0x202A && character <= 0x202E)
              || (character >= 0x2066 && character <= 0x2069)
              || character == 0x061C
              || character == 0x200E
              || character == 0x200F;
      default -> (character & 0xFFFE) == 0xFFFE;
    };
  }
}
