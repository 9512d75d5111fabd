package dev.howdah.cache;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of keys, as Redis has them, in the terms of PostgreSQL.
 *
 * <table>
 * <caption>Patterns</caption>
 * <tr><td>{@code *}</td><td>any number of characters, also none</td></tr>
 * <tr><td>{@code ?}</td><td>one character</td></tr>
 * <tr><td>{@code [abc]}, {@code [a-z]}</td><td>one of these, by code point</td></tr>
 * <tr><td>{@code [^a-z]}</td><td>one that is none of these</td></tr>
 * <tr><td>{@code \x}</td><td>the character x itself, whatever it is, also in brackets</td></tr>
 * </table>
 *
 * Every pattern becomes a {@code LIKE}, whose beginning the key's index finds; one with brackets a
 * regular expression besides.
 *
 * @param like the pattern as {@code LIKE} takes it, brackets as any character
 * @param regex the pattern as a regular expression; null where {@code like} says all
 */
record KeyPattern(String like, @Nullable String regex) {

  /**
   * Keys with a prefix that is taken literally, and behind it something that fits a pattern.
   *
   * @throws IllegalArgumentException when a bracket is not closed, has nothing in it or a range
   *     that runs backwards, or when nothing follows a backslash
   */
  static KeyPattern of(String prefix, String pattern) {
    return new Parser(pattern).parse(prefix);
  }

  /** All keys with a prefix. */
  static KeyPattern startingWith(String prefix) {
    return of(prefix, "*");
  }

  /** The condition, with its parameters. */
  String condition() {
    return regex == null ? "key LIKE ?" : "key LIKE ? AND key ~ ?";
  }

  /** Sets the parameters of {@link #condition()}. */
  void bind(PreparedStatement statement, int first) throws SQLException {
    statement.setString(first, like);
    if (regex != null) {
      statement.setString(first + 1, regex);
    }
  }

  private static final class Parser {

    private final String pattern;
    private final StringBuilder like = new StringBuilder();
    private final StringBuilder regex = new StringBuilder("^");
    private boolean brackets;
    private int next;

    Parser(String pattern) {
      this.pattern = pattern;
    }

    KeyPattern parse(String prefix) {
      prefix.codePoints().forEach(this::literal);
      while (next < pattern.length()) {
        int c = take();
        switch (c) {
          case '*' -> wildcard("%", ".*");
          case '?' -> wildcard("_", ".");
          case '[' -> bracket();
          case '\\' -> literal(escaped());
          default -> literal(c);
        }
      }
      return new KeyPattern(like.toString(), brackets ? regex.append('$').toString() : null);
    }

    private int take() {
      int c = pattern.codePointAt(next);
      next += Character.charCount(c);
      return c;
    }

    private void wildcard(String inLike, String inRegex) {
      like.append(inLike);
      regex.append(inRegex);
    }

    private void literal(int c) {
      if (c == '%' || c == '_' || c == '\\') {
        like.append('\\');
      }
      like.appendCodePoint(c);
      escape(c);
    }

    private int escaped() {
      if (next == pattern.length()) {
        throw wrong("nothing follows the last backslash");
      }
      return take();
    }

    private void bracket() {
      brackets = true;
      like.append('_');
      regex.append('[');
      if (next < pattern.length() && peek() == '^') {
        regex.append('^');
        next++;
      }
      int start = next;
      int previous = -1;
      for (int c = inBracket(); c != ']'; c = inBracket()) {
        boolean range = c == '-' && previous >= 0 && next < pattern.length() && peek() != ']';
        int member = range ? inBracket() : c;
        member = member == '\\' ? escaped() : member;
        if (range) {
          requireOrder(previous, member);
          regex.append('-');
        }
        escape(member);
        previous = range ? -1 : member;
      }
      if (next == start + 1) {
        throw wrong("a bracket has nothing in it");
      }
      regex.append(']');
    }

    private int peek() {
      return pattern.codePointAt(next);
    }

    private void requireOrder(int first, int last) {
      if (first > last) {
        throw wrong("a range in brackets ends before it begins");
      }
    }

    private int inBracket() {
      if (next == pattern.length()) {
        throw wrong("a bracket is not closed");
      }
      return take();
    }

    /**
     * Letters, digits and all beyond ASCII stand for themselves; a backslash makes others do so.
     */
    private void escape(int c) {
      if (c < 128 && !Character.isLetterOrDigit(c)) {
        regex.append('\\');
      }
      regex.appendCodePoint(c);
    }

    private IllegalArgumentException wrong(String why) {
      return new IllegalArgumentException("pattern '" + pattern + "': " + why);
    }
  }
}
