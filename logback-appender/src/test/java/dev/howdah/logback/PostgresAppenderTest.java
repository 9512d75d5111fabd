package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/** What an event becomes in the view, and that trouble on the way loses and doubles nothing. */
@PostgresTest
class PostgresAppenderTest {

  private final TestDatabase db;
  @TempDir Path directory;
  private AppenderFixture fixture;

  PostgresAppenderTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void open() {
    fixture = new AppenderFixture(db, directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String through(FaultyProxy proxy) {
    return "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name();
  }

  @Test
  void everythingThatWasLoggedIsInTheView() {
    fixture.appender.setIncludeCallerData("true");
    Logger logger = fixture.start();
    MDC.put("user", "ann");
    MDC.put("trace_id", "4bf92f3577b34da6");
    logger
        .atError()
        .addMarker(MarkerFactory.getMarker("MONEY"))
        .addKeyValue("order_id", 42)
        .addKeyValue("price", new BigDecimal("9.90"))
        .addKeyValue("api-key", "hush")
        .addKeyValue("card", Map.of("number", 7, "secret", "hush"))
        .setCause(new IllegalStateException("card refused"))
        .log("payment failed for {} after {} ms", "ann", 17);
    fixture.appender.stop();

    assertThat(
            db.query(
                "SELECT level, service, logger, template, message, thread, trace_id,"
                    + " context->>'user', jsonb_typeof(context->'order_id'), context->>'price',"
                    + " context->>'api-key', context->'card'->>'secret', context->'markers'->>0,"
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
                "number",
                "9.90",
                "[redacted]",
                "[redacted]",
                "MONEY",
                "t",
                "java.lang.IllegalStateException: card refused"));
    fixture.assertBalanced();
  }

  @Test
  void aStackTraceIsJavasOwnTextAndStoredOnce() {
    Logger logger = fixture.start();
    RuntimeException cause = new RuntimeException("inner");
    IllegalStateException error = new IllegalStateException("outer", cause);
    error.addSuppressed(new RuntimeException("aside"));
    cause.initCause(error);
    for (int i = 0; i < 100; i++) {
      logger.error("failed", error);
    }
    fixture.appender.stop();

    StringWriter expected = new StringWriter();
    error.printStackTrace(new PrintWriter(expected));
    assertThat(db.query("SELECT DISTINCT stack_trace FROM " + fixture.logs()))
        .containsExactly(List.of(expected.toString().replace("\r\n", "\n")));
    assertThat(db.count("SELECT count(*) FROM " + fixture.schema + ".stack_traces")).isEqualTo(1);
    assertThat(db.count("SELECT count(stack_id) FROM " + fixture.logs())).isEqualTo(100);
  }

  @Test
  void aBadRowIsKeptAsideAndItsNeighboursAreWritten() throws Exception {
    Logger logger = fixture.start();
    logger.info("first");
    fixture.awaitDrained();
    db.execute(
        "ALTER TABLE "
            + fixture.schema
            + ".log_events ADD CHECK (message NOT LIKE '%poison%') NOT VALID");
    for (int i = 0; i < 1000; i++) {
      logger.info(i % 300 == 7 ? "poison {}" : "fine {}", i);
    }
    fixture.appender.stop();

    assertThat(db.count("SELECT count(*) FROM " + fixture.logs())).isEqualTo(997);
    assertThat(fixture.stats().rejected()).isEqualTo(4);
    fixture.assertBalanced();
    assertThat(Files.readAllLines(directory.resolve("test/rejects/rejects.ndjson")))
        .hasSize(4)
        .allMatch(line -> line.contains("\"sql_state\":\"23514\"") && line.contains("poison"));
  }

  @Test
  void aDatabaseThatComesLateGetsEverything() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      proxy.refuse();
      fixture.appender.setUrl(through(proxy));
      fixture.appender.setConnectionTimeout("500 ms");
      Logger logger = fixture.start();
      for (int i = 0; i < 5000; i++) {
        logger.info("early {}", i);
      }
      proxy.accept();
      await().atMost(Duration.ofSeconds(30)).until(() -> fixture.stats().written() == 5000);
      assertThat(db.count("SELECT count(DISTINCT seq) FROM " + fixture.logs())).isEqualTo(5000);
    }
  }

  @Test
  void connectionsThatAreCutLoseAndDoubleNothing() throws Exception {
    Random random = new Random(42);
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      fixture.appender.setUrl(through(proxy));
      fixture.appender.setOnFull("block");
      fixture.appender.setOnFullTimeout("1 min");
      fixture.appender.setBatchSize("16 KiB");
      fixture.appender.setConnectionTimeout("500 ms");
      Logger logger = fixture.start();
      int count = 0;
      for (int round = 0; round < 100; round++) {
        int burst = random.nextInt(500);
        for (int i = 0; i < burst; i++) {
          logger.info("event {}", count++);
        }
        proxy.cutAll();
      }
      long logged = count;
      await().atMost(Duration.ofMinutes(1)).until(() -> fixture.stats().written() == logged);
      assertThat(db.query("SELECT count(*), count(DISTINCT seq) FROM " + fixture.logs()))
          .containsExactly(List.of("" + logged, "" + logged));
      fixture.assertBalanced();
    }
  }
}
