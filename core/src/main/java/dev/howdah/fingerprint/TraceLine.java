package dev.howdah.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * A line of a stack trace's text, and what it is; at most one of the last three components says so.
 *
 * @param raw the line
 * @param indent white space before it
 * @param text the line without white space around it
 * @param frame the frame, when it is one
 * @param caption how it begins, when it opens a throwable
 * @param omitted how many frames it stands for that were left out
 */
record TraceLine(
    String raw,
    int indent,
    String text,
    @Nullable StackTraceElement frame,
    @Nullable Caption caption,
    int omitted) {

  /** What stands before the type of a throwable that is not the first. */
  enum Caption {
    CAUSED_BY("Caused by: "),
    SUPPRESSED("Suppressed: "),
    WRAPPED_BY("Wrapped by: ");

    private final String text;

    Caption(String text) {
      this.text = text;
    }

    private static @Nullable Caption of(String line) {
      for (Caption caption : values()) {
        if (line.startsWith(caption.text)) {
          return caption;
        }
      }
      return null;
    }
  }

  /** How Java begins the mark of a throwable that was there before. */
  static final String CIRCULAR = "[CIRCULAR REFERENCE";

  private static final String ELLIPSIS = "...";
  private static final int MAX_OMITTED = 100_000;

  static TraceLine of(String raw) {
    String text = raw.strip();
    return new TraceLine(
        raw, indent(raw), text, FrameLine.parse(text), Caption.of(text), omitted(text));
  }

  static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && Character.isWhitespace(line.charAt(indent))) {
      indent++;
    }
    return indent;
  }

  /** {@code ... 12 more}, or Logback's {@code ... 12 common frames omitted}. */
  private static int omitted(String text) {
    if (!text.startsWith(ELLIPSIS) || !(text.endsWith("more") || text.endsWith("omitted"))) {
      return 0;
    }
    int number = 0;
    for (int i = ELLIPSIS.length() + 1; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        break;
      }
      number = Math.min(10 * number + digit - '0', MAX_OMITTED);
    }
    return number;
  }

  boolean isPartOfTrace() {
    return frame != null || caption != null || omitted > 0 || text.startsWith(CIRCULAR);
  }

  String behindCaption() {
    return caption == null ? text : text.substring(caption.text.length());
  }
}
