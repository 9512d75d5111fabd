package dev.howdah.fingerprint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line that names the throwable, among lines of a log or of a message.
 *
 * @param className the throwable's type
 * @param description its type and the first line of its message
 */
record HeaderLine(String className, String description) {

  /** What the JVM, or a hasher of stacks, puts before the type. */
  private static final Pattern BEFORE_TYPE =
      Pattern.compile("^(?:Exception in thread \"[^\"]*+\" )?(?:<#[0-9a-f]++> )?");

  private static final Pattern THROWABLE_NAME =
      Pattern.compile("(?:Exception|Error|Throwable|Failure|Fault)[$\\d]{0,9}$");

  /**
   * A throwable's {@code toString()}, whatever it looks like.
   *
   * @param text one line, without a caption
   */
  static HeaderLine of(String text) {
    Matcher before = BEFORE_TYPE.matcher(text);
    String description = before.find() ? text.substring(before.end()) : text;
    int end = nameEnd(description, 0);
    return new HeaderLine(end == 0 ? description : description.substring(0, end), description);
  }

  /**
   * The place of the header in the lines before a trace's first frame.
   *
   * @return its index; -1 when none of the lines names a throwable at its start
   */
  static int indexIn(List<String> lines) {
    int candidate = -1;
    for (int i = 0; i < lines.size(); i++) {
      HeaderLine header = of(lines.get(i).strip());
      if (header.namesThrowable()) {
        return i;
      }
      if (candidate < 0 && header.namesClass()) {
        candidate = i;
      }
    }
    return candidate;
  }

  /** A header that stands within a line, behind what a log's layout puts before it. */
  static @Nullable HeaderLine within(String line) {
    int from = 0;
    while (from < line.length()) {
      int end = nameEnd(line, from);
      if (end > from) {
        HeaderLine header = new HeaderLine(line.substring(from, end), line.substring(from));
        if (header.className.indexOf('.') > 0 && header.namesThrowable()) {
          return header;
        }
      }
      from = Math.max(end, from) + 1;
    }
    return null;
  }

  /** Whether the name is followed by the message or nothing, and sounds like a throwable's. */
  boolean namesThrowable() {
    return isFollowedByMessage()
        && THROWABLE_NAME.matcher(className.substring(className.lastIndexOf('.') + 1)).find();
  }

  private boolean namesClass() {
    int dot = className.lastIndexOf('.');
    return isFollowedByMessage()
        && dot > 0
        && dot + 1 < className.length()
        && Character.isUpperCase(className.charAt(dot + 1));
  }

  private boolean isFollowedByMessage() {
    return description.length() == className.length()
        || description.charAt(className.length()) == ':';
  }

  private static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Character.isJavaIdentifierPart(text.charAt(end))
            || (text.charAt(end) == '.' && end > from))) {
      end++;
    }
    return end;
  }
}
