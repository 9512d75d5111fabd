package dev.howdah.notify;

import dev.howdah.event.Level;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notifications made by hand, one of each kind, and one that wishes its reader harm. */
final class SampleNotifications {

  static final Instant CREATED_AT = Instant.parse("2026-11-28T06:00:02.345Z");

  /** Markup, headers, an escape sequence, a turn of direction, half a character, encoded text. */
  static final String HOSTILE =
      "<script>alert('1')</script>\r\nBcc: victim@example.com\r\n\r\n"
          + "\u001B[31mred\u0007 \u009B31m \u202Egpj.exe \uD800 \u0000 "
          + "<img src=\"https://evil.example/x.png\"> =?UTF-8?B?Qm9vbQ==?= &amp; <!channel>";

  private SampleNotifications() {}

  /** An error with everything that can be known of it. */
  static Notification full() {
    return new Notification("email:new:4711:1", Reason.NEW, fullIssue(1, 0), CREATED_AT);
  }

  /** The same error, later. */
  static Notification milestone() {
    return new Notification(
        "email:milestone:4711:100", Reason.MILESTONE, fullIssue(1_234, 100), CREATED_AT);
  }

  /** An error with nothing but what is always known. */
  static Notification sparse() {
    return new Notification(
        "email:regression:4712:1", Reason.REGRESSION, sparseIssue(), CREATED_AT);
  }

  static Notification errorRate() {
    ErrorRate rate =
        new ErrorRate(
            "checkout",
            "production",
            12.5,
            1,
            List.of("NullPointerException: boom", "PSQLException: connection refused"));
    return new Notification("email:error_rate:checkout:7", Reason.ERROR_RATE, rate, CREATED_AT);
  }

  static Notification digest() {
    Digest digest =
        new Digest(
            25,
            List.of(
                new Digest.Entry(
                    Reason.MILESTONE,
                    "NullPointerException: boom",
                    "checkout",
                    "production",
                    1_200,
                    "https://wiki.example.com/errors?id=1&view=short"),
                new Digest.Entry(
                    Reason.NEW, "TimeoutException: no answer", "search", null, 1, null)));
    return new Notification("email:digest:9", Reason.DIGEST, digest, CREATED_AT);
  }

  static Notification trial() {
    return new Notification(
        "email:test:1", Reason.TEST, new Trial("checkout", "staging"), CREATED_AT);
  }

  /** An error that was made by an attacker, wherever texts of errors go. */
  static Notification hostile() {
    return new Notification("email:new:666:1", Reason.NEW, issueOf(HOSTILE), CREATED_AT);
  }

  /** An error with texts of a million characters. */
  static Notification huge() {
    return new Notification(
        "email:new:1000:1", Reason.NEW, issueOf("é<".repeat(500_000)), CREATED_AT);
  }

  static Notification hostileDigest() {
    Digest.Entry entry =
        new Digest.Entry(Reason.NEW, HOSTILE, HOSTILE, HOSTILE, 1, "javascript:alert(1)");
    return new Notification(
        "email:digest:666", Reason.DIGEST, new Digest(1, List.of(entry)), CREATED_AT);
  }

  private static Issue fullIssue(long occurrences, long threshold) {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("order_id", "4711");
    context.put("customer.tier", "gold");
    return new Issue(
        4711,
        "v1:0123456789abcdef0123456789abcdef",
        "checkout",
        "production",
        Level.ERROR,
        "java.lang.NullPointerException",
        "NullPointerException: boom",
        "com.acme.Cart.total",
        "ann",
        "ben",
        occurrences,
        threshold,
        Instant.parse("2026-11-27T23:59:59.999Z"),
        Instant.parse("2026-11-28T06:00:01Z"),
        "1.4.2",
        new Issue.Latest(
            "boom\nin line two",
            "web-3",
            "4bf92f3577b34da6a3ce929d0e0e4736",
            List.of(
                "com.acme.Cart.total(Cart.java:17)", "com.acme.Checkout.pay(Checkout.java:230)"),
            context),
        "https://wiki.example.com/errors?id=1&view=short");
  }

  private static Issue sparseIssue() {
    return new Issue(
        4712,
        "v1:fedcba9876543210fedcba9876543210",
        "search",
        null,
        Level.FATAL,
        null,
        "no answer",
        null,
        null,
        null,
        2,
        0,
        CREATED_AT,
        CREATED_AT,
        null,
        null,
        null);
  }

  private static Issue issueOf(@Nullable String text) {
    return new Issue(
        666,
        "v1:" + text,
        text + "",
        text,
        Level.ERROR,
        text,
        text + "",
        text,
        text,
        text,
        1,
        0,
        CREATED_AT,
        CREATED_AT,
        text,
        new Issue.Latest(text, text, text, List.of(text + ""), Map.of(text + "", text + "")),
        "javascript:alert(1)//" + text);
  }
}
