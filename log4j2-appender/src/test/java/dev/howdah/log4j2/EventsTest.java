package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.time.MutableInstant;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.StringMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an event has beside its message: time, context, markers; and what it lacks. */
@PostgresTest
class EventsTest {

  private final TestDatabase db;
  @TempDir Path directory;

  EventsTest(TestDatabase db) {
    this.db = db;
  }

  @AfterEach
  void emptyContext() {
    ThreadContext.clearAll();
  }

  private static Log4jLogEvent.Builder event(String text) {
    return Log4jLogEvent.newBuilder()
        .setLoggerName("shop.Checkout")
        .setLevel(org.apache.logging.log4j.Level.INFO)
        .setMessage(new SimpleMessage(text));
  }

  private static MutableInstant second(long epochSecond, int nanos) {
    MutableInstant instant = new MutableInstant();
    instant.initFromEpochSecond(epochSecond, nanos);
    return instant;
  }

  private static MutableInstant milli(long epochMilli) {
    MutableInstant instant = new MutableInstant();
    instant.initFromEpochMilli(epochMilli, 0);
    return instant;
  }

  @Test
  void aTimeIsKeptToTheMicrosecondAndWithinWhatPostgresqlHolds() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("");
      PostgresAppender appender = fixture.appender();
      appender.append(event("now").setInstant(second(1_800_000_000, 123_456_789)).build());
      appender.append(event("before 1970").setInstant(milli(-1)).build());
      appender.append(event("in 1969").setInstant(second(-1, 999_999_000)).build());
      appender.append(event("ancient").setInstant(second(Long.MIN_VALUE / 1000, 0)).build());
      appender.append(event("far").setInstant(second(Long.MAX_VALUE / 1000, 0)).build());
      appender.append(event("farthest").setInstant(milli(Long.MAX_VALUE)).build());
      fixture.awaitWritten(6);

      assertThat(
              db.query(
                  "SELECT message, to_char(logged_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
                      + " FROM "
                      + fixture.logs()
                      + " ORDER BY seq"))
          .containsExactly(
              List.of("now", "2027-01-15 08:00:00.123456"),
              List.of("before 1970", "1969-12-31 23:59:59.999000"),
              List.of("in 1969", "1969-12-31 23:59:59.999999"),
              List.of("ancient", "0001-01-01 00:00:00.000000"),
              List.of("far", "9999-12-31 23:59:59.999999"),
              List.of("farthest", "9999-12-31 23:59:59.999999"));
    }
  }

  @Test
  void whatAnEventLacksIsEmpty() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("");
      fixture.appender().append(event("no logger").setLoggerName(null).build());
      fixture.appender().append(event("no thread").setThreadName(null).build());
      fixture.appender().append(event("").setMessage(null).build());
      fixture.appender().append(event("no context").setContextData(null).build());
      fixture.awaitWritten(4);

      assertThat(db.query("SELECT logger, message FROM " + fixture.logs() + " ORDER BY seq"))
          .containsExactly(
              List.of("", "no logger"),
              List.of("shop.Checkout", "no thread"),
              Arrays.asList("shop.Checkout", null),
              List.of("shop.Checkout", "no context"));
    }
  }

  @Test
  void theThreadContextIsInTheContext() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      ThreadContext.put("user", "ann");
      ThreadContext.put("session-token", "hush");
      ThreadContext.push("checkout");
      ThreadContext.push("payment {}", 7);
      fixture.configure("").info("in context");
      fixture.awaitWritten(1);

      assertThat(db.value("SELECT context FROM " + fixture.logs()))
          .isEqualTo(
              "{\"ndc\": [\"checkout\", \"payment 7\"], \"user\": \"ann\","
                  + " \"session-token\": \"[redacted]\"}");
    }
  }

  @Test
  void theThreadContextCanBeLeftOut() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      ThreadContext.put("user", "ann");
      ThreadContext.push("checkout");
      fixture.configure("includeMDC='false'").info("alone");
      fixture.awaitWritten(1);

      assertThat(db.value("SELECT context FROM " + fixture.logs())).isNull();
    }
  }

  @Test
  void objectsOfTheThreadContextKeepTheirTypes() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("");
      StringMap data = ContextDataFactory.createContextData();
      data.putValue("count", 42);
      data.putValue("paid", true);
      data.putValue("order", Map.of("id", 7, "password", "hush"));
      data.putValue("nothing", null);
      fixture.appender().append(event("typed").setContextData(data).build());
      fixture.awaitWritten(1);

      assertThat(db.value("SELECT context FROM " + fixture.logs()))
          .isEqualTo(
              "{\"paid\": true, \"count\": 42, \"order\": {\"id\": 7, \"password\":"
                  + " \"[redacted]\"}, \"nothing\": null}");
    }
  }

  @Test
  void aMarkerComesWithItsParentsEachOnce() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Marker root = MarkerManager.getMarker("EVENTS_ROOT");
      Marker left = MarkerManager.getMarker("EVENTS_LEFT").setParents(root);
      Marker right = MarkerManager.getMarker("EVENTS_RIGHT").setParents(root);
      fixture
          .configure("")
          .info(MarkerManager.getMarker("EVENTS_LEAF").setParents(left, right), "marked");
      fixture.awaitWritten(1);

      assertThat(db.value("SELECT context->>'markers' FROM " + fixture.logs()))
          .isEqualTo("[\"EVENTS_LEAF\", \"EVENTS_LEFT\", \"EVENTS_ROOT\", \"EVENTS_RIGHT\"]");
    }
  }

  /** Log4j2 hands the exception on as an object only; its stack trace would be lost. */
  @Test
  void anExceptionLoggedAsTheMessageKeepsItsStackTrace() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("").error(new IllegalStateException("card refused"));
      fixture.awaitWritten(1);

      assertThat(
              db.query(
                  "SELECT message, context, split_part(stack_trace, E'\\n', 1) FROM "
                      + fixture.logs()))
          .containsExactly(
              Arrays.asList(
                  "java.lang.IllegalStateException: card refused",
                  null,
                  "java.lang.IllegalStateException: card refused"));
    }
  }

  @Test
  void aMessageThatCannotTellItsTemplateIsCountedOnce() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("");
      fixture
          .appender()
          .append(
              event("")
                  .setMessage(
                      new SimpleMessage("text") {
                        @Override
                        public Object[] getParameters() {
                          throw new IllegalStateException("no parameters");
                        }
                      })
                  .build());
      fixture.appender().append(event("the next one").build());
      fixture.awaitWritten(1);

      assertThat(fixture.stats().dropped()).isEqualTo(1);
      assertThat(fixture.stats().lost(LossCause.FAILED, Level.INFO)).isEqualTo(1);
    }
  }
}
