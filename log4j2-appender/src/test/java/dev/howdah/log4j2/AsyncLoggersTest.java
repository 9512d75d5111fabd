package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.message.ReusableMessageFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Behind each of Log4j2's asynchronous ways, which use events and messages again: no event arrives
 * with another one's text, context or caller.
 */
@PostgresTest
class AsyncLoggersTest {

  private static final int THREADS = 4;
  private static final int EVENTS_EACH = 5_000;

  private static final List<String> RING_SIZES =
      List.of("log4j2.asyncLoggerRingBufferSize", "log4j2.asyncLoggerConfigRingBufferSize");

  /**
   * Log4j2 2.26.1 over Disruptor 4.0.0 loses events by itself when its ring is full, before any
   * appender sees them: there, room for all. Over 3.4.4, which the pom lets this test run on too,
   * it is soon full and loses nothing.
   */
  private static final String RING_SIZE =
      "3.4.4".equals(System.getProperty("disruptor.of.the.test")) ? "256" : "65536";

  private final TestDatabase db;
  @TempDir Path directory;

  AsyncLoggersTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeAll
  static void makeRoom() {
    RING_SIZES.forEach(name -> System.setProperty(name, RING_SIZE));
  }

  @AfterAll
  static void asBefore() {
    RING_SIZES.forEach(System::clearProperty);
  }

  /** How events get to the appender. */
  enum Way {
    NONE("<Root level='TRACE'><AppenderRef ref='PG'/></Root>"),
    ALL_LOGGERS("<Root level='TRACE' includeLocation='true'><AppenderRef ref='PG'/></Root>") {
      @Override
      LoggerContext context() {
        return new AsyncLoggerContext("async");
      }
    },
    ROOT_LOGGER(
        "<AsyncRoot level='TRACE' includeLocation='true'><AppenderRef ref='PG'/></AsyncRoot>"),
    ONE_LOGGER(
        "<AsyncLogger name='shop' level='TRACE' includeLocation='true'><AppenderRef ref='PG'/>"
            + "</AsyncLogger><Root level='OFF'/>"),
    APPENDER("<Root level='TRACE'><AppenderRef ref='ASYNC'/></Root>");

    private final String loggers;

    Way(String loggers) {
      this.loggers = loggers;
    }

    LoggerContext context() {
      return new LoggerContext("sync");
    }

    String file(String attributes) {
      return "<Configuration><Appenders><Postgres name='PG' includeLocation='true' onFull='block'"
          + " onFullTimeout='1 min' "
          + attributes
          + "/><Async name='ASYNC' includeLocation='true'><AppenderRef ref='PG'/></Async>"
          + "</Appenders><Loggers>"
          + loggers
          + "</Loggers></Configuration>";
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachEventKeepsItsOwnTextContextAndCaller(Way way) throws Exception {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory, way.context())) {
      fixture.configureFile(way.file(fixture.attributes()));
      Logger logger = fixture.context().getLogger("shop." + way, ReusableMessageFactory.INSTANCE);
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Thread thread = new Thread(() -> log(logger), "worker-" + t);
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      fixture.awaitWritten((long) THREADS * EVENTS_EACH);

      assertThat(
              db.query(
                  "SELECT count(*), count(DISTINCT message), count(DISTINCT template), bool_and("
                      + "message = 'event ' || (context->>'n') || ' of ' || thread AND"
                      + " context->>'ndc' = '[\"' || thread || '\"]' AND"
                      + " context->>'caller' LIKE '%AsyncLoggersTest.log(%') FROM "
                      + fixture.logs()))
          .containsExactly(
              List.of("" + THREADS * EVENTS_EACH, "" + THREADS * EVENTS_EACH, "1", "t"));
      // Each thread's events are in the order in which it logged them.
      assertThat(
              db.count(
                  "SELECT count(*) FROM (SELECT (context->>'n')::int < lag((context->>'n')::int)"
                      + " OVER (PARTITION BY thread ORDER BY seq) AS back FROM "
                      + fixture.logs()
                      + ") o WHERE back"))
          .isZero();
    }
  }

  private static void log(Logger logger) {
    String name = Thread.currentThread().getName();
    ThreadContext.push(name);
    for (int i = 0; i < EVENTS_EACH; i++) {
      ThreadContext.put("n", Integer.toString(i));
      logger.info("event {} of {}", i, name);
    }
  }
}
