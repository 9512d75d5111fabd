package dev.howdah.event;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts arguments in the place of each {@code {}} of a template, as SLF4J does, on the encoder's
 * thread.
 *
 * <p>Only what says the same now and then, in few characters, without running code of the
 * application's: templates without a backslash, by which SLF4J escapes, and values of the JDK's
 * immutable classes. Of everything else the appender makes the text before it returns.
 */
public final class Placeholders {

  /** No value but a String is longer, in characters: that of a ZonedDateTime in a far year. */
  private static final int LONGEST_VALUE = 96;

  private Placeholders() {}

  /**
   * Tells whether arguments can be put into a template here.
   *
   * @param template any text
   * @return whether it has no escapes
   */
  public static boolean areIn(String template) {
    return template.indexOf('\\') < 0;
  }

  /**
   * Tells how long a value may become.
   *
   * @param value an argument
   * @return the most characters that it becomes; -1 when its text has to be made at once
   */
  public static int length(@Nullable Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    return value == null || neverChanges(value) ? LONGEST_VALUE : -1;
  }

  private static boolean neverChanges(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Character
        || value instanceof UUID
        || value instanceof Instant
        || value instanceof Duration
        || value instanceof LocalDate
        || value instanceof LocalDateTime
        || value instanceof LocalTime
        || value instanceof OffsetDateTime
        || value instanceof ZonedDateTime;
  }

  /** Appends the template with the first values. Those without a place are left out. */
  static void fill(String template, @Nullable Object[] values, int count, StringBuilder out) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      int at = template.indexOf("{}", from);
      if (at < 0) {
        break;
      }
      out.append(template, from, at);
      append(values[i], out);
      from = at + 2;
    }
    out.append(template, from, template.length());
  }

  /** Numbers without a text of their own in between. */
  private static void append(@Nullable Object argument, StringBuilder out) {
    if (argument instanceof Integer number) {
      out.append(number.intValue());
    } else if (argument instanceof Long number) {
      out.append(number.longValue());
    } else {
      out.append(argument);
    }
  }
}
