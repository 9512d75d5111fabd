package dev.howdah;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of the day in which nobody wants to be disturbed.
 *
 * @param from its begin
 * @param until its end; before {@code from} where midnight is between
 */
record QuietHours(LocalTime from, LocalTime until) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{2}:\\d{2})\\s*[-\u2013]\\s*(\\d{2}:\\d{2})");

  /**
   * Reads a text such as {@code 22:00-07:00}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static QuietHours parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no quiet hours: " + text);
    }
    try {
      QuietHours hours =
          new QuietHours(LocalTime.parse(matcher.group(1)), LocalTime.parse(matcher.group(2)));
      if (hours.from.equals(hours.until)) {
        throw new IllegalArgumentException("begin and end are the same: " + text);
      }
      return hours;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no times of the day: " + text, e);
    }
  }
}
