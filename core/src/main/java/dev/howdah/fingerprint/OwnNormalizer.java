package dev.howdah.fingerprint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A normaliser of the user's: what matches a pattern in a frame's name or a message is replaced.
 *
 * <p>Nobody checked the pattern for the time it takes, so one that reads a text over and over is
 * stopped, and then changes nothing.
 *
 * @param pattern what to look for
 * @param replacement what takes its place, with {@code $1} for the first group
 */
record OwnNormalizer(Pattern pattern, String replacement) {

  private static final int READS_PER_CHAR = 1000;

  /**
   * Compiles a normaliser.
   *
   * @throws IllegalArgumentException saying what of it is wrong and what would be right
   */
  static OwnNormalizer of(String pattern, String replacement) {
    Pattern compiled;
    try {
      compiled = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "setting 'normalizer' has the pattern '%s': it must be a regular expression, and %s"
              .formatted(pattern, e.getMessage()),
          e);
    }
    try {
      // Matches the empty text whatever the pattern is, and so reads the replacement.
      Pattern.compile("(?:" + pattern + ")|").matcher("").replaceAll(replacement);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "setting 'normalizer' has the replacement '%s' for the pattern '%s': it must be a text in which $1 to $%d stand for groups, and %s"
              .formatted(replacement, pattern, compiled.matcher("").groupCount(), e.getMessage()),
          e);
    }
    return new OwnNormalizer(compiled, replacement);
  }

  /** The text with what matched replaced. */
  String apply(String text) {
    Matcher matcher = pattern.matcher(new Metered(text, READS_PER_CHAR * (text.length() + 1)));
    try {
      return matcher.replaceAll(replacement);
    } catch (TooManyReads | StackOverflowError e) {
      return text;
    }
  }

  private static final class TooManyReads extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyReads() {
      super(null, null, false, false);
    }
  }

  /** A text that can be read only so often. */
  private static final class Metered implements CharSequence {
    private final String text;
    private int readsLeft;

    Metered(String text, int reads) {
      this.text = text;
      this.readsLeft = reads;
    }

    @Override
    public char charAt(int index) {
      if (readsLeft-- <= 0) {
        throw new TooManyReads();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
