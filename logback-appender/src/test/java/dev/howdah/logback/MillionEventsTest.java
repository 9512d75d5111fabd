package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Four threads, a million arbitrary events: each is in the view once, in its thread's order, with
 * the message, level, MDC and key-values that were logged. What was logged is not kept but made
 * again from the thread's seed, so that the test compares all of it.
 */
@PostgresTest
class MillionEventsTest {

  private static final int THREADS = 4;
  private static final int EACH = 250_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestDatabase db;
  @TempDir Path directory;

  MillionEventsTest(TestDatabase db) {
    this.db = db;
  }

  /** One arbitrary event, a function of its thread's random numbers. */
  private record Event(
      Level level, String argument, String mdc, long number, String decimal, boolean flag) {

    static Event next(Random random) {
      return new Event(
          Level.values()[random.nextInt(Level.values().length)],
          text(random),
          text(random),
          random.nextLong(),
          new BigDecimal(random.nextInt()).movePointLeft(random.nextInt(6)).toPlainString(),
          random.nextBoolean());
    }

    /** Any Unicode but NUL and lone surrogates, mostly short, now and then long. */
    private static String text(Random random) {
      int length = random.nextInt(1000) == 0 ? random.nextInt(3000) : random.nextInt(20);
      StringBuilder text = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        int kind = random.nextInt(10);
        int point =
            kind < 7
                ? 1 + random.nextInt(126)
                : kind < 9 ? 0x80 + random.nextInt(0xD700) : 0x10000 + random.nextInt(0xFFFFF);
        text.appendCodePoint(point);
      }
      return text.toString();
    }

    void log(Logger logger, int i) {
      MDC.put("mdc", mdc);
      LoggingEventBuilder event =
          logger
              .atLevel(level)
              .addKeyValue("number", number)
              .addKeyValue("decimal", new BigDecimal(decimal))
              .addKeyValue("flag", flag)
              .addKeyValue("text", argument);
      event.log("event {} says {}", i, argument);
    }
  }

  @Test
  void everyEventIsThereOnceInOrderAndAsItWasLogged() throws Exception {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setOnFull("block");
      fixture.appender.setOnFullTimeout("10 min");
      Logger logger = fixture.start();
      logger.setLevel(ch.qos.logback.classic.Level.TRACE);
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int seed = t;
        Thread thread = new Thread(() -> logAll(logger, seed), "worker-" + t);
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      fixture.awaitDrained();
      fixture.appender.stop();

      assertThat(fixture.stats().written()).isEqualTo((long) THREADS * EACH);
      assertThat(
              db.query(
                  "SELECT count(*), count(DISTINCT (instance_id, seq)), min(seq), max(seq) FROM "
                      + fixture.schema
                      + ".log_events"))
          .containsExactly(
              List.of("" + THREADS * EACH, "" + THREADS * EACH, "1", "" + THREADS * EACH));
      for (int t = 0; t < THREADS; t++) {
        assertRowsOf(t, fixture.logs());
      }
    }
  }

  private static void logAll(Logger logger, int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < EACH; i++) {
      Event.next(random).log(logger, i);
    }
  }

  private void assertRowsOf(int thread, String logs) throws Exception {
    Random random = new Random(thread);
    int row = 0;
    try (Connection connection = db.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(5000);
        ResultSet rows =
            statement.executeQuery(
                "SELECT level, message, context FROM "
                    + logs
                    + " WHERE thread = 'worker-"
                    + thread
                    + "' ORDER BY seq");
        while (rows.next()) {
          assertRow(Event.next(random), row++, rows);
        }
      }
    }
    assertThat(row).isEqualTo(EACH);
  }

  // Plain comparisons: a million times AssertJ's objects would take longer than the logging.
  private static void assertRow(Event expected, int i, ResultSet row) throws Exception {
    JsonNode context = JSON.readTree(row.getString(3));
    boolean same =
        expected.level().name().equals(row.getString(1))
            && ("event " + i + " says " + expected.argument()).equals(row.getString(2))
            && expected.mdc().equals(context.get("mdc").asString())
            && expected.argument().equals(context.get("text").asString())
            && expected.number() == context.get("number").asLong()
            && context.get("decimal").isNumber()
            && new BigDecimal(expected.decimal()).compareTo(context.get("decimal").decimalValue())
                == 0
            && expected.flag() == context.get("flag").asBoolean();
    if (!same) {
      assertThat(List.of(row.getString(1), row.getString(2), context))
          .as("row %d", i)
          .isEqualTo(List.of(expected, "event " + i + " says " + expected.argument()));
    }
  }
}
