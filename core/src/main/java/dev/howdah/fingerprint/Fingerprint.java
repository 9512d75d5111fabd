package dev.howdah.fingerprint;

/**
 * What makes an error the same as another, and how the group of both is shown.
 *
 * @param value {@code v1:} and 32 hexadecimal digits, the first half of a SHA-256; equal for errors
 *     of one group. The number rises when the rules change. A name that an event brings in its
 *     context, of at most {@value #MAX_NAME} characters, is kept as it is
 * @param title one line, at most {@value #MAX_TITLE} characters: the root cause's type and message,
 *     with what varies taken out
 * @param culprit the innermost method of the application's that the error went through, such as
 *     {@code com.acme.OrderService.place}; without one, the logger
 */
public record Fingerprint(String value, String title, String culprit) {

  static final int MAX_TITLE = 200;
  static final int MAX_NAME = 200;
}
