package dev.howdah.notify;

/**
 * Texts of unknown origin in Slack's mark-up, at most so many chars after escaping: nothing in them
 * formats, links or calls anybody. The three characters that Slack escapes are escaped ({@code &},
 * {@code <}, {@code >}: with them go {@code <!channel>} and {@code <@U123>}); for the others there
 * is no escape, so that those which would act are replaced by ones that look alike.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message
 *     text</a>
 */
final class Mrkdwn {

  private static final String CUT = "…";
  private static final String FENCE = "```";

  private Mrkdwn() {}

  /** Within a line of text. Readers of Markdown, such as Mattermost, find nothing to act on too. */
  static String plain(String text, int max) {
    String line = SafeText.line(text, max);
    StringBuilder looksAlike = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      looksAlike.append(
          switch (c) {
            case '*' -> '∗';
            case '~' -> '∼';
            case '@' -> '＠';
            case '[' -> '［';
            case '_' -> isWithinWord(line, i) ? '_' : '＿';
            default -> c;
          });
    }
    return escaped(looksAlike, max);
  }

  /** As code within a line; a dash where there is nothing. */
  static String code(String text, int max) {
    String line = SafeText.line(text, max);
    return line.isEmpty() ? "–" : "`" + escaped(line, max - 2) + "`";
  }

  /** As a block of code, whose lines stay. */
  static String block(String text, int max) {
    int room = max - 2 * FENCE.length() - 2;
    return FENCE + "\n" + escaped(SafeText.lines(text, room), room) + "\n" + FENCE;
  }

  /** As a link; the URL is one that {@link WebLink} has let pass. */
  static String link(String url, String label) {
    return "<" + escaped(url.replace("|", "%7C"), Integer.MAX_VALUE) + "|" + label + ">";
  }

  private static boolean isWithinWord(String line, int at) {
    return at > 0
        && at + 1 < line.length()
        && Character.isLetterOrDigit(line.charAt(at - 1))
        && Character.isLetterOrDigit(line.charAt(at + 1));
  }

  private static String escaped(CharSequence text, int max) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int character = Character.codePointAt(text, i);
      i += Character.charCount(character);
      String piece = piece(character);
      int room = max - out.length() - (i < text.length() ? CUT.length() : 0);
      if (piece.length() > room) {
        return out.append(CUT).toString();
      }
      out.append(piece);
    }
    return out.toString();
  }

  private static String piece(int character) {
    return switch (character) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '`' -> "ˋ";
      default -> Character.toString(character);
    };
  }
}
