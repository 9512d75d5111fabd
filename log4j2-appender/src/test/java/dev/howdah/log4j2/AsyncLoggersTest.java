package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private static final int RING_SIZE = 256;

  /**
   * Half of what Log4j2's own ring holds, as it learns only at the end of a round that places are
   * free: it is never full, and yet each place is used over and over. A full one loses events
   * before any appender sees them, see docs/log4j2.md.
   */
  private static final int BURST = RING_SIZE / 2;

  private static final int EVENTS = 150 * BURST;

  private static final List<String> RING_SIZES =
      List.of("log4j2.asyncLoggerRingBufferSize", "log4j2.asyncLoggerConfigRingBufferSize");

  private final TestDatabase db;
  @TempDir Path directory;

  AsyncLoggersTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeAll
  static void makeRingsSmall() {
    RING_SIZES.forEach(name -> System.setProperty(name, Integer.toString(RING_SIZE)));
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
      Callable<Void> worker = () -> log(logger, fixture);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, worker))) {
          done.get();
        }
      } finally {
        threads.shutdownNow();
      }
      fixture.awaitWritten(EVENTS);

      assertThat(
              db.query(
                  "SELECT count(*), count(DISTINCT message), count(DISTINCT template), bool_and("
                      + "message = 'event ' || (context->>'n') || ' of ' || thread AND"
                      + " context->>'ndc' = '[\"' || thread || '\"]' AND"
                      + " context->>'caller' LIKE '%AsyncLoggersTest.log(%') FROM "
                      + fixture.logs()))
          .containsExactly(List.of("" + EVENTS, "" + EVENTS, "1", "t"));
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

  private static Void log(Logger logger, Log4j2Fixture fixture) {
    String name = Thread.currentThread().getName();
    ThreadContext.push(name);
    for (int i = 0; i < EVENTS / THREADS; i++) {
      ThreadContext.put("n", Integer.toString(i));
      logger.info("event {} of {}", i, name);
      if ((i + 1) % (BURST / THREADS) == 0) {
        // Whoever is through has logged as much: no thread is more than a burst ahead.
        fixture.awaitLogged((i + 1L) * THREADS);
      }
    }
    return null;
  }
}
