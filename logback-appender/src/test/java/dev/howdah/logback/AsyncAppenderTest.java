package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/** Logback's own AsyncAppender in front: another thread hands the events on. */
@PostgresTest
class AsyncAppenderTest {

  private final TestDatabase db;
  @TempDir Path directory;

  AsyncAppenderTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void behindAnAsyncAppenderNothingOfAnEventIsMissing() {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setIncludeCallerData("true");
      fixture.appender.start();
      Logger logger = fixture.context.getLogger("shop.Checkout");
      AsyncAppender async = new AsyncAppender();
      async.setContext(fixture.context);
      async.setIncludeCallerData(true);
      async.setDiscardingThreshold(0);
      async.addAppender(fixture.appender);
      async.start();
      logger.addAppender(async);

      StringBuilder changing = new StringBuilder("before");
      MDC.put("user", "ann");
      logger
          .atError()
          .addMarker(MarkerFactory.getMarker("MONEY"))
          .addKeyValue("order_id", 42)
          .setCause(new IllegalStateException("card refused"))
          .log("payment {}", changing);
      changing.replace(0, changing.length(), "after");
      MDC.put("user", "bob");
      for (int i = 0; i < 1000; i++) {
        logger.info("event {}", i);
      }
      async.stop();
      fixture.appender.stop();

      assertThat(
              db.query(
                  "SELECT level, message, thread, context->>'user', context->>'order_id',"
                      + " context->'markers'->>0,"
                      + " context->>'caller' LIKE '%AsyncAppenderTest.behind%',"
                      + " split_part(stack_trace, E'\\n', 1) FROM "
                      + fixture.logs()
                      + " WHERE level = 'ERROR'"))
          .containsExactly(
              List.of(
                  "ERROR",
                  "payment before",
                  Thread.currentThread().getName(),
                  "ann",
                  "42",
                  "MONEY",
                  "t",
                  "java.lang.IllegalStateException: card refused"));
      assertThat(db.count("SELECT count(*) FROM " + fixture.logs() + " WHERE level = 'INFO'"))
          .isEqualTo(1000);
      fixture.assertBalanced();
      assertThat(fixture.complaints()).isEmpty();
    }
  }
}
