package dev.howdah.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.pipeline.EventPipeline;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The same events in every run, like those of a web application: what they cost can be compared
 * with what they cost in an earlier build. One in ten is a WARN; trace id and user come from the
 * MDC, a number is a key-value; ten call sites.
 */
final class FixedEvents {

  private static final String LETTERS = "ABCDEFGHIJ";
  private static final int SITES = LETTERS.length();
  private static final int USERS = 100;

  private final long startMicros = System.currentTimeMillis() * 1000;
  private int logged;

  /** Logs the next events, which are accepted. */
  void log(EventPipeline pipeline, int events) {
    for (int i = 0; i < events; i++) {
      long sequence = pipeline.claim(Level.INFO, 400);
      assertThat(sequence).isNotEqualTo(EventPipeline.REFUSED);
      fill(pipeline.slot(sequence));
      pipeline.publish(sequence);
    }
  }

  /** Fills a slot with the next event. */
  void fill(LogEventSlot slot) {
    int i = logged++;
    String template = "payment of {} for order {} accepted by " + LETTERS.charAt(i % SITES);
    slot.head(
        i % SITES == 9 ? Level.WARN : Level.INFO,
        startMicros + i,
        "com.example.shop.Payment" + LETTERS.charAt(i % SITES),
        "http-nio-8080-exec-" + LETTERS.charAt(i % SITES));
    slot.message(
        "payment of %d.99 for order %d accepted by %s"
            .formatted(100 + i % 900, 100_000 + i, LETTERS.charAt(i % SITES)),
        template);
    slot.contextMap(mdc("%032x".formatted(1_000_000L + i / 10), user(i)));
    slot.keyValue("duration_ms", 100 + i % USERS);
    slot.filled();
  }

  /** Of the kind that Logback's MDC hands out. */
  private static Map<String, String> mdc(String traceId, String user) {
    Map<String, String> mdc = new HashMap<>();
    mdc.put("trace_id", traceId);
    mdc.put("user_id", user);
    return Collections.unmodifiableMap(mdc);
  }

  private static String user(int i) {
    return "user-" + (100 + i % USERS);
  }
}
