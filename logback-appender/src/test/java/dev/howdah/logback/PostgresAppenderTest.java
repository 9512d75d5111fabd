package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

@PostgresTest
class PostgresAppenderTest {

  private final TestDatabase db;
  private final String schema = "s" + UUID.randomUUID().toString().replace("-", "").substring(0, 8);
  private final LoggerContext context = new LoggerContext();
  private final List<PostgresAppender> appenders = new ArrayList<>();
  @TempDir Path directory;

  PostgresAppenderTest(TestDatabase db) {
    this.db = db;
    context.setMDCAdapter(MDC.getMDCAdapter());
  }

  @AfterEach
  void stop() {
    appenders.forEach(PostgresAppender::stop);
    context.stop();
    MDC.clear();
  }

  private PostgresAppender appender(String url) {
    PostgresAppender appender = new PostgresAppender();
    appender.setContext(context);
    appender.setName("PG");
    appender.setUrl(url);
    appender.setUsername(db.username());
    appender.setPassword(db.password().isEmpty() ? "none" : db.password());
    appender.setSchema(schema);
    appender.setService("test");
    appender.setDirectory(directory.toString());
    appender.setShutdownHook("false");
    appender.setRetryMin("20 ms");
    appender.setRetryMax("100 ms");
    appenders.add(appender);
    return appender;
  }

  private Logger logger(PostgresAppender appender) {
    appender.start();
    Logger logger = context.getLogger("shop.Checkout");
    logger.addAppender(appender);
    return logger;
  }

  private String logs() {
    return schema + ".logs";
  }

  private static PipelineStats stats(PostgresAppender appender) {
    PipelineStats stats = appender.getStats();
    assertThat(stats).isNotNull();
    return stats;
  }

  private static void assertBalanced(PostgresAppender appender) {
    PipelineStats stats = stats(appender);
    assertThat(stats.written() + stats.dropped() + stats.rejected() + stats.pending())
        .as(stats.toString())
        .isEqualTo(stats.logged());
  }

  @Test
  void everythingThatWasLoggedIsInTheView() {
    PostgresAppender appender = appender(db.url());
    appender.setIncludeCallerData("true");
    Logger logger = logger(appender);
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
    appender.stop();

    assertThat(
            db.query(
                "SELECT level, service, logger, template, message, thread, trace_id,"
                    + " context->>'user', jsonb_typeof(context->'order_id'), context->>'price',"
                    + " context->>'api-key', context->'card'->>'secret', context->'markers'->>0,"
                    + " context->>'caller' LIKE '%PostgresAppenderTest.everything%',"
                    + " split_part(stack_trace, E'\\n', 1) FROM "
                    + logs()))
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
    assertBalanced(appender);
  }

  @Test
  void aStackTraceIsJavasOwnTextAndStoredOnce() {
    Logger logger = logger(appender(db.url()));
    RuntimeException cause = new RuntimeException("inner");
    IllegalStateException error = new IllegalStateException("outer", cause);
    error.addSuppressed(new RuntimeException("aside"));
    cause.initCause(error);
    for (int i = 0; i < 100; i++) {
      logger.error("failed", error);
    }
    appenders.get(0).stop();

    StringWriter expected = new StringWriter();
    error.printStackTrace(new PrintWriter(expected));
    assertThat(db.query("SELECT DISTINCT stack_trace FROM " + logs()))
        .containsExactly(List.of(expected.toString().replace("\r\n", "\n")));
    assertThat(db.count("SELECT count(*) FROM " + schema + ".stack_traces")).isEqualTo(1);
    assertThat(db.count("SELECT count(stack_id) FROM " + logs())).isEqualTo(100);
  }

  @Test
  void fourThreadsWriteEveryEventOnceAndInTheirOrder() throws Exception {
    int each = 50_000;
    PostgresAppender appender = appender(db.url());
    appender.setOnFull("block");
    appender.setOnFullTimeout("1 min");
    Logger logger = logger(appender);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  logger.info("event {}", i);
                }
              },
              "worker-" + t);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    appender.setShutdownTimeout("1 min");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> stats(appender).pending() == 0 && stats(appender).written() == 4L * each);
    appender.stop();

    assertThat(
            db.query(
                "SELECT count(*), count(DISTINCT seq), min(seq), max(seq), count(DISTINCT"
                    + " instance_id) FROM "
                    + schema
                    + ".log_events"))
        .containsExactly(List.of("" + 4 * each, "" + 4 * each, "1", "" + 4 * each, "1"));
    assertThat(
            db.count(
                "SELECT count(*) FROM (SELECT split_part(message, ' ', 2)::int - row_number() OVER"
                    + " (PARTITION BY thread ORDER BY seq) AS off FROM "
                    + logs()
                    + ") o WHERE off <> -1"))
        .isZero();
  }

  @Test
  void hostileEventsHarmNobody() {
    PostgresAppender appender = appender(db.url());
    Logger logger = logger(appender);
    Object throwing =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no");
          }
        };
    Object recursing =
        new Object() {
          @Override
          public String toString() {
            logger.info("from toString");
            return "recursing";
          }
        };
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("self", cyclic);
    assertThatCode(
            () -> {
              logger.info("nul \u0000 and \ud800 lone {}", "\udc00");
              logger.info(null);
              logger.info("x".repeat(10_000_000));
              logger.info("{}", throwing);
              logger.info("{}", recursing);
              logger
                  .atInfo()
                  .addKeyValue("bad", throwing)
                  .addKeyValue(null, (Object) null)
                  .log("kv");
              logger.atInfo().addKeyValue("cyclic", cyclic).log("kv2");
              logger.atInfo().addKeyValue("huge", new BigDecimal("1E+1000000")).log("kv3");
              logger.atInfo().addKeyValue("nan", Double.NaN).log("kv4");
              logger.atInfo().addKeyValue("long", "y".repeat(1_000_000)).log("kv5");
            })
        .doesNotThrowAnyException();
    for (int i = 0; i < 10_000; i++) {
      MDC.put("key" + i, "value");
    }
    logger.info("wide");
    appender.stop();

    assertThat(db.count("SELECT count(*) FROM " + logs())).isEqualTo(12);
    assertThat(db.value("SELECT message FROM " + logs() + " ORDER BY seq LIMIT 1"))
        .isEqualTo("nul \ufffd and \ufffd lone \ufffd");
    assertThat(db.value("SELECT right(message, 8) FROM " + logs() + " WHERE message LIKE 'xx%'"))
        .isEqualTo("x… [cut]");
    assertThat(
            db.count(
                "SELECT (context->>'howdah.cut')::int FROM " + logs() + " WHERE message = 'wide'"))
        .isPositive();
    assertThat(stats(appender).dropped()).isZero();
    assertBalanced(appender);
  }

  @Test
  void aBadRowIsKeptAsideAndItsNeighboursAreWritten() throws Exception {
    PostgresAppender appender = appender(db.url());
    appender.setFlushInterval("1 s");
    Logger logger = logger(appender);
    await()
        .until(
            () ->
                db.count(
                        "SELECT count(*) FROM pg_tables WHERE tablename = 'instances' AND schemaname ="
                            + " '"
                            + schema
                            + "'")
                    == 1);
    db.execute(
        "ALTER TABLE " + schema + ".log_events ADD CHECK (message NOT LIKE '%poison%') NOT VALID");
    for (int i = 0; i < 1000; i++) {
      logger.info(i % 300 == 7 ? "poison {}" : "fine {}", i);
    }
    appender.stop();

    assertThat(db.count("SELECT count(*) FROM " + logs())).isEqualTo(996);
    assertThat(stats(appender).rejected()).isEqualTo(4);
    assertBalanced(appender);
    assertThat(Files.readAllLines(directory.resolve("test/rejects/rejects.ndjson")))
        .hasSize(4)
        .allMatch(line -> line.contains("\"sql_state\":\"23514\"") && line.contains("poison"));
  }

  @Test
  void aDatabaseThatComesLateGetsEverything() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      proxy.refuse();
      PostgresAppender appender =
          appender("jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
      appender.setConnectionTimeout("500 ms");
      Logger logger = logger(appender);
      for (int i = 0; i < 5000; i++) {
        logger.info("early {}", i);
      }
      proxy.accept();
      await().atMost(Duration.ofSeconds(30)).until(() -> stats(appender).written() == 5000);
      assertThat(db.count("SELECT count(DISTINCT seq) FROM " + logs())).isEqualTo(5000);
    }
  }

  @Test
  void connectionsThatAreCutLoseAndDoubleNothing() throws Exception {
    Random random = new Random(42);
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      PostgresAppender appender =
          appender("jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
      appender.setOnFull("block");
      appender.setOnFullTimeout("1 min");
      appender.setBatchSize("16 KiB");
      appender.setConnectionTimeout("500 ms");
      Logger logger = logger(appender);
      int count = 0;
      for (int round = 0; round < 100; round++) {
        int burst = random.nextInt(500);
        for (int i = 0; i < burst; i++) {
          logger.info("event {}", count++);
        }
        proxy.cutAll();
      }
      long logged = count;
      await().atMost(Duration.ofMinutes(1)).until(() -> stats(appender).written() == logged);
      assertThat(db.query("SELECT count(*), count(DISTINCT seq) FROM " + logs()))
          .containsExactly(List.of("" + logged, "" + logged));
      assertBalanced(appender);
    }
  }

  @Test
  void aFrozenDatabaseNeverBlocksTheCallerAndEveryLossIsCounted() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      PostgresAppender appender =
          appender("jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
      appender.setOnFull("drop");
      appender.setRingSize("64");
      appender.setMaxMemory("4 MiB");
      Logger logger = logger(appender);
      logger.info("first");
      await().until(() -> stats(appender).written() == 1);
      proxy.pause();
      String text = "z".repeat(1000);
      for (int i = 0; i < 100_000; i++) {
        logger.info(text);
      }
      // 100 MB were offered: what was taken is bounded by maxMemory, not by time.
      assertThat(stats(appender).pending()).isLessThan(8_000);
      assertThat(stats(appender).dropped()).isGreaterThan(90_000);
      assertBalanced(appender);
      proxy.resume();
      await().atMost(Duration.ofSeconds(30)).until(() -> stats(appender).pending() == 0);
      appender.stop();

      assertBalanced(appender);
      assertThat(stats(appender).logged() - 1).isGreaterThanOrEqualTo(100_001);
      assertThat(db.count("SELECT count(*) FROM " + logs())).isEqualTo(stats(appender).written());
      assertThat(
              db.count(
                  "SELECT sum((context->>'dropped.FULL.INFO')::int) FROM "
                      + logs()
                      + " WHERE logger = 'dev.howdah'"))
          .isEqualTo(stats(appender).dropped());
    }
  }

  @Test
  void wrongSettingsAreNamedInTheStatusAndTheApplicationGoesOn() throws Exception {
    String xml =
        """
        <configuration>
          <appender name="PG" class="dev.howdah.logback.PostgresAppender">
            <url>${NO_SUCH_URL:-%s}</url>
            <username>%s</username>
            <password>none</password>
            <schema>%s</schema>
            <onFull>explode</onFull>
            <ringSize>1000</ringSize>
            <shutdownHook>false</shutdownHook>
            <hikari><maximumPoolSize>3</maximumPoolSize></hikari>
          </appender>
          <root level="INFO"><appender-ref ref="PG"/></root>
        </configuration>
        """
            .formatted(db.url(), db.username(), schema);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    context.getLogger("any").info("still logged");
    context.stop();

    List<String> errors =
        context.getStatusManager().getCopyOfStatusList().stream()
            .filter(status -> status.getLevel() == Status.ERROR)
            .map(Status::getMessage)
            .toList();
    assertThat(errors)
        .hasSize(2)
        .anyMatch(e -> e.contains("onFull") && e.contains("explode") && e.contains("shed"))
        .anyMatch(e -> e.contains("ringSize") && e.contains("1000") && e.contains("power of two"));
    assertThat(db.count("SELECT count(*) FROM " + logs())).isEqualTo(1);
  }

  @Test
  void withoutUrlTheAppenderSaysSoAndDoesNotStart() {
    PostgresAppender appender = new PostgresAppender();
    appender.setContext(context);
    appender.start();

    assertThat(appender.isStarted()).isFalse();
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .anyMatch(status -> status.getMessage().contains("'url'"));
  }
}
