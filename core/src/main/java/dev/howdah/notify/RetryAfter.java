package dev.howdah.notify;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {

  /** A receiver that asks for more has made a mistake, or will be asked again for nothing. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /** How long to wait, at most a day; null where it is not said, or not to be understood. */
  static @Nullable Duration of(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("Retry-After")
        .map(value -> parse(value.strip(), now))
        .filter(pause -> pause.compareTo(Duration.ZERO) > 0)
        .map(pause -> pause.compareTo(LONGEST) < 0 ? pause : LONGEST)
        .orElse(null);
  }

  private static @Nullable Duration parse(String value, Instant now) {
    try {
      return value.matches("\\d+")
          ? Duration.ofSeconds(Long.parseLong(value))
          : Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }
}
