package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an event becomes in the view, part by part, and by which settings that changes. */
public abstract class EventSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected EventSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  @Test
  void everythingThatWasLoggedIsInTheView() {
    settings.put("includeCallerData", "true");
    Session session = start();
    session.mdc("user", "ann");
    session.mdc("trace_id", "4bf92f3577b34da6");
    session.mdc("span_id", "00f067aa0ba902b7");
    session.log(
        Call.at(Level.ERROR, "payment failed for {} after {} ms", "ann", 17)
            .mark(Mark.of("MONEY", Mark.of("LOST")))
            .keyValue("order_id", 42)
            .keyValue("price", new BigDecimal("9.90"))
            .keyValue("api-key", "hush")
            .keyValue("card", Map.of("number", 7, "secret", "hush"))
            .cause(new IllegalStateException("card refused")));
    session.stop();

    assertThat(
            db.query(
                "SELECT level, service, logger, template, message, thread, trace_id, span_id,"
                    + " context->>'user', jsonb_typeof(context->'order_id'), context->>'price',"
                    + " context->>'api-key', context->'card'->>'secret', context->>'markers',"
                    + " split_part(stack_trace, E'\\n', 1),"
                    + " now() - logged_at BETWEEN '-1 min' AND '1 min' FROM "
                    + logs()))
        .containsExactly(
            List.of(
                "ERROR",
                "test",
                Call.LOGGER,
                "payment failed for {} after {} ms",
                "payment failed for ann after 17 ms",
                Thread.currentThread().getName(),
                "4bf92f3577b34da6",
                "00f067aa0ba902b7",
                "ann",
                "number",
                "9.90",
                "[redacted]",
                "[redacted]",
                "[\"MONEY\", \"LOST\"]",
                "java.lang.IllegalStateException: card refused",
                "t"));
    assertThat(db.value("SELECT context->>'caller' FROM " + logs()))
        .startsWith(session.getClass().getName() + ".log(");
    assertBalanced(session);
  }

  @Test
  void aKeyValueWinsOverTheThreadsContext() {
    Session session = start();
    session.mdc("user", "ann");
    session.log(Call.at(Level.INFO, "one").keyValue("user", "bob"));
    session.stop();

    assertThat(db.query("SELECT context->>'user' FROM " + logs())).containsExactly(List.of("bob"));
  }

  @Test
  void anEventWithoutArgumentsOrContextHasNone() {
    Session session = start();
    session.log(Call.at(Level.INFO, "plain {} text"));
    session.stop();

    assertThat(db.query("SELECT message, template, context, stack_trace, trace_id FROM " + logs()))
        .containsExactly(Arrays.asList("plain {} text", null, null, null, null));
  }

  @Test
  void settingsChangeWhatIsWritten() {
    settings.put("maxMessageLength", "64");
    settings.put("includeKeyValues", "false");
    settings.put("includeMDC", "false");
    settings.put("includeMarkers", "false");
    settings.put("redactPatterns", "[0-9]{4}-[0-9]{4}\n  sk_[a-z]+");
    Session session = start();
    session.mdc("left", "out");
    session.log(
        Call.at(Level.INFO, "card 1234-5678, key sk_live " + "x".repeat(99))
            .keyValue("left too", "out")
            .mark(Mark.of("OUT")));
    session.stop();

    assertThat(
            db.query(
                "SELECT message LIKE 'card [redacted], key [redacted] x%… [cut]', context FROM "
                    + logs()))
        .containsExactly(Arrays.asList("t", null));
    assertThat(session.complaints()).isEmpty();
  }
}
