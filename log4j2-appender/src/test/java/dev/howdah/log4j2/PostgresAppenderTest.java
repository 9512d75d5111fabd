package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an event of Log4j2 becomes in the view. */
@PostgresTest
class PostgresAppenderTest {

  private final TestDatabase db;
  @TempDir Path directory;

  PostgresAppenderTest(TestDatabase db) {
    this.db = db;
  }

  @AfterEach
  void emptyContext() {
    ThreadContext.clearAll();
  }

  @Test
  void everythingThatWasLoggedIsInTheView() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configure("service='test' includeLocation='true'");
      ThreadContext.put("user", "ann");
      ThreadContext.put("trace_id", "4bf92f3577b34da6");
      ThreadContext.put("api-key", "hush");
      ThreadContext.push("checkout");
      ThreadContext.push("payment");
      logger.error(
          MarkerManager.getMarker("CARD").setParents(MarkerManager.getMarker("MONEY")),
          "payment failed for {} after {} ms",
          "ann",
          17,
          new IllegalStateException("card refused"));
      fixture.awaitWritten(1);

      assertThat(
              db.query(
                  "SELECT level, service, logger, template, message, thread, trace_id,"
                      + " context->>'user', context->>'api-key', context->>'ndc',"
                      + " context->>'markers',"
                      + " context->>'caller' LIKE '%PostgresAppenderTest.everything%',"
                      + " split_part(stack_trace, E'\\n', 1) FROM "
                      + fixture.logs()))
          .containsExactly(
              List.of(
                  "ERROR",
                  "test",
                  "shop.Checkout",
                  "payment failed for {} after {} ms",
                  "payment failed for ann after 17 ms",
                  Thread.currentThread().getName(),
                  "4bf92f3577b34da6",
                  "ann",
                  "[redacted]",
                  "[\"checkout\", \"payment\"]",
                  "[\"CARD\", \"MONEY\"]",
                  "t",
                  "java.lang.IllegalStateException: card refused"));
    }
  }
}
