package dev.howdah.fingerprint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint with its reasons. {@code toString()} prints them for a person.
 *
 * @param fingerprint the result
 * @param byDefault what it would be without anything of the user's
 * @param basis by what the error is grouped
 * @param parts the lines that the fingerprint is the hash of
 * @param own the text of a fingerprint of the user's, which was hashed in place of the parts; null
 *     when there is none
 * @param throwables the chain, outermost first; suppressed ones don't count
 */
public record Explanation(
    Fingerprint fingerprint,
    Fingerprint byDefault,
    Basis basis,
    List<String> parts,
    @Nullable String own,
    List<Thrown> throwables) {

  /**
   * A throwable of the chain.
   *
   * @param description its type and message
   * @param counts false for a wrapper, whose type doesn't count
   * @param frames its frames, innermost first
   */
  public record Thrown(String description, boolean counts, List<Frame> frames) {}

  /**
   * A frame.
   *
   * @param frame as it was thrown
   * @param name what it was normalised to; null when it is nobody's code
   * @param decision what became of it
   * @param rules the rules that changed or dropped it, or the prefix by which it is not the
   *     application's; may be empty
   */
  public record Frame(
      StackTraceElement frame, @Nullable String name, Decision decision, List<String> rules) {}

  private static final int MAX_DESCRIPTION = 160;

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    out.append(fingerprint.value()).append('\n');
    out.append("title    ").append(fingerprint.title()).append('\n');
    out.append("culprit  ").append(fingerprint.culprit()).append('\n');
    out.append("grouped by ").append(own == null ? basis.meaning() : "its own text").append(":\n");
    for (String part : own == null ? parts : List.of(own)) {
      out.append("  ").append(part).append('\n');
    }
    for (Thrown thrown : throwables) {
      append(out, thrown);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, Thrown thrown) {
    String line = thrown.description().lines().findFirst().orElse("");
    out.append('\n');
    out.append(line.length() <= MAX_DESCRIPTION ? line : line.substring(0, MAX_DESCRIPTION) + "…");
    out.append(thrown.counts() ? "\n" : "   [seen through]\n");
    for (Frame frame : thrown.frames()) {
      append(out, frame);
    }
  }

  private static void append(StringBuilder out, Frame frame) {
    out.append(frame.decision() == Decision.KEPT ? "  + " : "  - ").append(frame.frame());
    String original = frame.frame().getClassName() + '.' + frame.frame().getMethodName();
    if (frame.name() != null && !frame.name().equals(original)) {
      out.append(" -> ").append(frame.name());
    }
    out.append("   [").append(frame.decision().meaning());
    if (!frame.rules().isEmpty()) {
      out.append("; ").append(String.join(", ", frame.rules()));
    }
    out.append("]\n");
  }
}
