package dev.howdah.notify;

import dev.howdah.event.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Notifications of every kind, harmless and hostile, for the channels over HTTP. */
final class HttpSamples {

  static final Instant NOW = Instant.parse("2026-11-28T06:00:00Z");

  /** Acts in HTML, mrkdwn, Markdown, a terminal, and where the direction of writing matters. */
  static final String HOSTILE =
      "<!channel> <@U123> @here *b* _i_ ~s~ ```x``` <script>alert(\"1\")</script> & "
          + "[click](http://evil) \u001b[31mred\u0000\u0007\u009b \u202edesrever\u2066 \ud800 end";

  private HttpSamples() {}

  /** A new bug, with all that can be known of it. */
  static Notification fresh() {
    return of(Reason.NEW, issue(1));
  }

  /** The same bug, told of for another reason. */
  static Notification again(Reason reason) {
    return of(reason, issue(100));
  }

  /** A bug of which little is known. */
  static Notification bare(Level level) {
    return of(
        Reason.NEW,
        new Issue(
            -7,
            "v1:00ff",
            "checkout",
            null,
            level,
            null,
            "boom",
            null,
            null,
            null,
            1,
            0,
            NOW,
            NOW,
            null,
            null,
            null));
  }

  static Notification errorRate() {
    return of(
        Reason.ERROR_RATE,
        new ErrorRate("checkout", "production", 2.5, 0.1, List.of("boom: cart <n>", "timeout")));
  }

  static Notification digest(int entries) {
    List<Digest.Entry> list =
        Stream.iterate(1, i -> i + 1)
            .limit(entries)
            .map(
                i ->
                    new Digest.Entry(
                        i == 1 ? Reason.SPIKE : Reason.NEW,
                        "boom " + i,
                        "checkout",
                        "production",
                        1000L + i,
                        i == 1 ? "https://wiki.example.com/1?a=1&b=2" : null))
            .toList();
    return of(Reason.DIGEST, new Digest(1234, list));
  }

  static Notification test() {
    return of(Reason.TEST, new Trial("checkout", "production"));
  }

  /** Every text in it is hostile. */
  static Notification hostile() {
    return withText(HOSTILE);
  }

  /** Every text in it is a megabyte of what grows when it is escaped, and has halves to be cut. */
  static Notification huge() {
    return withText("<😀&`".repeat(200_000));
  }

  /** One of each kind, by name. */
  static List<Named<Notification>> all() {
    return List.of(
        Named.of("new", fresh()),
        Named.of("milestone", again(Reason.MILESTONE)),
        Named.of("resolved", again(Reason.RESOLVED)),
        Named.of("bare", bare(Level.WARN)),
        Named.of("error rate", errorRate()),
        Named.of("digest", digest(100)),
        Named.of("test", test()),
        Named.of("hostile", hostile()),
        Named.of("huge", huge()),
        Named.of("hostile error rate", hostileErrorRate()),
        Named.of("hostile digest", hostileDigest()));
  }

  private static Notification hostileErrorRate() {
    return of(Reason.ERROR_RATE, new ErrorRate(HOSTILE, HOSTILE, 1, 2, List.of(HOSTILE)));
  }

  private static Notification hostileDigest() {
    Digest.Entry entry = new Digest.Entry(Reason.NEW, HOSTILE, HOSTILE, null, 1, HOSTILE);
    return of(Reason.DIGEST, new Digest(1, List.of(entry)));
  }

  private static Notification withText(String text) {
    Map<String, String> context = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      context.put(i + text, text);
    }
    Issue.Latest latest = new Issue.Latest(text, text, text, List.of(text, text, text), context);
    return of(
        Reason.NEW,
        new Issue(
            1,
            text,
            text,
            text,
            Level.ERROR,
            text,
            text,
            text,
            text,
            text,
            1,
            0,
            NOW,
            NOW,
            text,
            latest,
            text));
  }

  private static Issue issue(long occurrences) {
    Issue.Latest latest =
        new Issue.Latest(
            "cart is <empty>\nat checkout",
            "web-3",
            "4bf92f3577b34da6a3ce929d0e0e4736",
            List.of("com.acme.Cart.total(Cart.java:17)", "com.acme.Shop.pay(Shop.java:99)"),
            Map.of("order_id", "1234"));
    return new Issue(
        1234567890123456789L,
        "v1:0123456789abcdef0123456789abcdef",
        "checkout",
        "production",
        Level.ERROR,
        "com.acme.CartException",
        "boom: cart 17 & co",
        "com.acme.Cart.total",
        "anna",
        "bert",
        occurrences,
        occurrences,
        NOW.minusSeconds(3600),
        NOW,
        "1.4.2",
        latest,
        "https://wiki.example.com/errors/v1%3A0123?a=1&b=2");
  }

  private static Notification of(Reason reason, Subject subject) {
    return new Notification("5f1c/" + reason.code() + "/1", reason, subject, NOW);
  }
}
