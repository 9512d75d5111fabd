package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/**
 * SLF4J over Log4j2 (log4j-slf4j2-impl): MDC, markers, templates and exceptions arrive as they are.
 * Its binding makes texts of key-values and puts them into ThreadContext for the call.
 */
@PostgresTest
class Slf4jTest {

  private final TestDatabase db;
  @TempDir Path directory;

  Slf4jTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void mdcMarkersAndKeyValuesArrive() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Log4j2Fixture fixture = new Log4j2Fixture(db, directory, context);
    try {
      // Only this logger: HikariCP logs through SLF4J as well.
      fixture.configureFile(
          Log4j2Fixture.file(
                  "<Postgres name='PG' includeLocation='true' " + fixture.attributes() + "/>")
              .replace(
                  "<Root level='TRACE'>", "<Root level='OFF'/><Logger name='shop' level='ALL'>")
              .replace("</Root>", "</Logger>"));
      try (MDC.MDCCloseable user = MDC.putCloseable("user", "ann")) {
        assertThat(user).isNotNull();
        LoggerFactory.getLogger("shop.Checkout")
            .atError()
            .addMarker(MarkerFactory.getMarker("MONEY"))
            .addKeyValue("order_id", 42)
            .addKeyValue("token", "hush")
            .setCause(new IllegalStateException("card refused"))
            .log("payment of {} failed", "ann");
      }
      fixture.awaitWritten(1);

      assertThat(
              db.query(
                  "SELECT message, template, (context - 'caller')::text,"
                      + " context->>'caller' LIKE '%Slf4jTest.mdcMarkersAndKeyValuesArrive(%',"
                      + " split_part(stack_trace, E'\\n', 1) FROM "
                      + fixture.logs()))
          .containsExactly(
              List.of(
                  "payment of ann failed",
                  "payment of {} failed",
                  "{\"user\": \"ann\", \"token\": \"[redacted]\", \"markers\": [\"MONEY\"],"
                      + " \"order_id\": \"42\"}",
                  "t",
                  "java.lang.IllegalStateException: card refused"));
    } finally {
      context.reconfigure(); // Not stopped: it is the only one that SLF4J knows.
    }
  }
}
