package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ThrowableInfo;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.testkit.Direction;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events with a throwable become occurrences of groups, with exact counts whatever happens. */
@PostgresTest
class ErrorsTest {

  /** All events of a test happen in one second, which is when a storm is sampled. */
  private static final long NOW_MICROS = System.currentTimeMillis() / 1000 * 1_000_000;

  @TempDir Path directory;
  private final TestDatabase db;
  private final Map<String, String> settings = new HashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private FaultyProxy proxy;

  ErrorsTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void standBetween() throws IOException {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    proxy = new FaultyProxy(db.host(), db.port());
    settings.putAll(NumberedEvents.to(db));
    settings.put("url", "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
    settings.put("directory", directory.toString());
    settings.put("service", "shop");
    settings.put("environment", "test");
    settings.put("release", "1.0");
    settings.put("inApp", "dev.howdah");
    settings.put("flushInterval", "5 ms");
    settings.put("retryMin", "10 ms");
    settings.put("retryMax", "100 ms");
    settings.put("connectionTimeout", "500 ms");
    settings.put("onFull", "block");
    settings.put("onFullTimeout", "1 min");
  }

  @AfterEach
  void stepAside() throws IOException {
    proxy.close();
  }

  private Howdah start() {
    HowdahConfig.Builder config = HowdahConfig.builder();
    settings.forEach(config::set);
    return Howdah.start(
        config.build(),
        new PipelineListener() {
          @Override
          public void problem(String message, @Nullable Throwable cause) {
            problems.add(message);
          }
        });
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(1));
  }

  private static void log(Howdah howdah, Level level, Throwable throwable, String... context) {
    log(howdah, NOW_MICROS, level, throwable, context);
  }

  private static void log(
      Howdah howdah, long atMicros, Level level, Throwable throwable, String... context) {
    EventPipeline pipeline = howdah.pipeline();
    long sequence = pipeline.claim(level, 10_000);
    assertThat(sequence).isNotEqualTo(EventPipeline.REFUSED);
    LogEventSlot slot = pipeline.slot(sequence);
    slot.head(level, atMicros, "shop.Checkout", "main");
    slot.message("order failed", null);
    slot.throwable(ThrowableInfo.of(throwable, 10_000));
    for (int i = 0; i < context.length; i += 2) {
      slot.keyValue(context[i], context[i + 1]);
    }
    slot.filled();
    pipeline.publish(sequence);
  }

  private static Throwable noStock(int product) {
    return new IllegalStateException("no stock of product " + product);
  }

  private static Throwable noMoney() {
    return new IllegalArgumentException("no money", new java.io.IOException("bank is closed"));
  }

  private void awaitWritten(Howdah howdah) {
    soon()
        .untilAsserted(
            () ->
                assertThat(howdah.stats().written())
                    .as("told: %s", problems)
                    .isEqualTo(howdah.stats().logged()));
  }

  @Test
  void anErrorIsAGroupAnOccurrenceAndALogLine() {
    try (Howdah howdah = start()) {
      log(howdah, Level.ERROR, noStock(7), "user_id", "42", "trace_id", "abc");
      awaitWritten(howdah);
    }

    assertThat(
            db.query(
                """
                SELECT e.exception_type, e.message, e.context ->> 'user_id', e.trace_id, e.service,
                       e.environment, e.release, e.status, e.level, e.weight,
                       e.stack_trace LIKE 'java.lang.IllegalStateException: no stock of product 7%noStock%',
                       e.culprit, e.title
                FROM monitoring.errors e
                """))
        .containsExactly(
            List.of(
                "java.lang.IllegalStateException",
                "no stock of product 7",
                "42",
                "abc",
                "shop",
                "test",
                "1.0",
                "unresolved",
                "ERROR",
                "1",
                "t",
                "dev.howdah.ErrorsTest.noStock",
                "IllegalStateException: no stock of product <number>"));
    assertThat(
            db.query(
                """
                SELECT l.message, l.group_id = g.group_id, l.stack_id = o.stack_id, l.seq = o.seq,
                       l.logged_at = o.occurred_at, g.fingerprint ~ '^v1:[0-9a-f]{32}$'
                FROM monitoring.logs l, monitoring.error_groups g, monitoring.error_occurrences o
                """))
        .containsExactly(List.of("order failed", "t", "t", "t", "t", "t"));
  }

  @Test
  void aWarningKeepsItsStackAndIsNoError() {
    try (Howdah howdah = start()) {
      log(howdah, Level.WARN, noStock(7));
      awaitWritten(howdah);
    }

    assertThat(db.count("SELECT count(*) FROM monitoring.logs WHERE stack_trace LIKE '%noStock%'"))
        .isEqualTo(1);
    assertThat(db.count("SELECT count(*) FROM monitoring.errors")).isZero();
    assertThat(db.count("SELECT count(*) FROM monitoring.issues")).isZero();
  }

  @Test
  void theLevelOfErrorsIsASetting() {
    settings.put("errorLevel", "warn");
    try (Howdah howdah = start()) {
      log(howdah, Level.WARN, noStock(7));
      log(howdah, Level.INFO, noStock(7));
      awaitWritten(howdah);
    }

    assertThat(db.query("SELECT level, occurrences FROM monitoring.issues"))
        .containsExactly(List.of("WARN", "1"));
  }

  @Test
  void oneBugIsOneGroupWhateverItsMessages() {
    try (Howdah howdah = start()) {
      for (int product = 0; product < 50; product++) {
        log(howdah, Level.ERROR, noStock(product));
      }
      log(howdah, Level.ERROR, noMoney());
      awaitWritten(howdah);
    }

    assertThat(
            db.query("SELECT exception_type, occurrences FROM monitoring.issues ORDER BY 2 DESC"))
        .containsExactly(
            List.of("java.lang.IllegalStateException", "50"),
            List.of("java.lang.IllegalArgumentException", "1"));
    assertThat(db.count("SELECT count(DISTINCT message) FROM monitoring.errors")).isEqualTo(51);
    assertThat(
            db.count(
                "SELECT count(*) FROM monitoring.errors"
                    + " WHERE strpos(stack_trace, message || chr(10)) > 0"))
        .as("each with its own text")
        .isEqualTo(51);
  }

  @Test
  void aStormIsSampledAndItsCountIsExact() {
    int storm = 20_000;
    settings.put("occurrencesPerSecond", "50");
    try (Howdah howdah = start()) {
      for (int i = 0; i < storm; i++) {
        log(howdah, Level.ERROR, noStock(i));
      }
      log(howdah, Level.ERROR, noMoney());
      awaitWritten(howdah);
    }

    assertThat(db.query("SELECT occurrences FROM monitoring.issues ORDER BY 1"))
        .containsExactly(List.of("1"), List.of("" + storm));
    assertThat(
            db.query(
                "SELECT sum(weight), count(*) < 1500, min(weight) FROM monitoring.errors"
                    + " GROUP BY fingerprint ORDER BY 1"))
        .containsExactly(List.of("1", "t", "1"), List.of("" + storm, "t", "1"));
    assertThat(db.count("SELECT count(*) FROM monitoring.logs WHERE group_id IS NOT NULL"))
        .as("log lines are not sampled")
        .isEqualTo(storm + 1);
    assertThat(db.count("SELECT count(*) FROM monitoring.logs WHERE stack_trace IS NULL")).isZero();
    assertThat(db.count("SELECT count(*) FROM monitoring.stack_traces")).isLessThan(1500);
  }

  /** Not sampled by default is harmless: exact, complete, and little on the wire. */
  @Test
  void aThousandASecondOfOneBugHaveARowEachOfLessThan200Bytes() {
    long sampled = bytesOfAThousandASecond("1");
    long notSampled = bytesOfAThousandASecond(null);

    assertThat(
            db.query(
                """
                SELECT count(*), min(weight), max(weight), count(DISTINCT occurred_at)
                FROM monitoring.errors
                """))
        .containsExactly(List.of("5000", "1", "1", "5000"));
    assertThat(db.query("SELECT occurrences FROM monitoring.issues"))
        .containsExactly(List.of("5000"));
    assertThat((notSampled - sampled) / 5000)
        .as("bytes to the server for each row that sampling would spare")
        .isBetween(1L, 200L);
  }

  /** Logs one bug for five seconds of its clock into an empty schema: what was sent for it. */
  private long bytesOfAThousandASecond(@Nullable String occurrencesPerSecond) {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    settings.remove("occurrencesPerSecond");
    settings.put("flushInterval", "250 ms");
    if (occurrencesPerSecond != null) {
      settings.put("occurrencesPerSecond", occurrencesPerSecond);
    }
    try (Howdah howdah = start()) {
      log(howdah, Level.WARN, noMoney());
      awaitWritten(howdah); // What a start sends is not counted.
      long before = bytesSent();
      for (int i = 0; i < 5000; i++) {
        log(howdah, NOW_MICROS + i * 1000L, Level.ERROR, noMoney());
      }
      awaitWritten(howdah);
      assertThat(howdah.stats().dropped()).isZero();
      return bytesSent() - before;
    }
  }

  private long bytesSent() {
    return proxy.connections().stream().mapToLong(c -> c.passed(Direction.TO_SERVER)).sum();
  }

  @Test
  void anEventMayBringItsOwnFingerprint() {
    try (Howdah howdah = start()) {
      log(howdah, Level.ERROR, noStock(1), "fingerprint", "payment_timeout_error");
      log(howdah, Level.ERROR, noMoney(), "fingerprint", "payment_timeout_error");
      log(howdah, Level.ERROR, noMoney());
      awaitWritten(howdah);
    }

    assertThat(db.query("SELECT occurrences FROM monitoring.issues ORDER BY 1"))
        .containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void groupsOfOneStackHaveEachTheirTitle() {
    try (Howdah howdah = start()) {
      for (String shop : List.of("a", "b", "a")) {
        log(
            howdah,
            Level.ERROR,
            new IllegalStateException("shop " + shop + " is closed"),
            "fingerprint",
            "closed_" + shop);
      }
      awaitWritten(howdah);
    }

    assertThat(db.query("SELECT fingerprint, title, occurrences FROM monitoring.issues ORDER BY 1"))
        .containsExactly(
            List.of("closed_a", "IllegalStateException: shop a is closed", "2"),
            List.of("closed_b", "IllegalStateException: shop b is closed", "1"));
  }

  @Test
  void aTemplateMakesGroupsForEachTenant() {
    settings.put("fingerprint", "{{ default }}, {context.tenant}");
    try (Howdah howdah = start()) {
      log(howdah, Level.ERROR, noStock(1), "tenant", "a");
      log(howdah, Level.ERROR, noStock(1), "tenant", "b");
      log(howdah, Level.ERROR, noStock(2), "tenant", "a");
      awaitWritten(howdah);
    }

    assertThat(db.query("SELECT occurrences FROM monitoring.issues ORDER BY 1"))
        .containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void whatVariesInAMessageMayBeTakenOut() {
    settings.put("fingerprintNormalizers", "shard-[a-z]+ => shard\nx => y");
    try (Howdah howdah = start()) {
      log(howdah, Level.ERROR, withoutFrames("no shard-a"));
      log(howdah, Level.ERROR, withoutFrames("no shard-bcd"));
      log(howdah, Level.ERROR, withoutFrames("no table"));
      awaitWritten(howdah);
    }

    assertThat(db.query("SELECT occurrences FROM monitoring.issues ORDER BY 1"))
        .containsExactly(List.of("1"), List.of("2"));
  }

  /** As the JVM makes them when it has thrown the same too often. */
  private static Throwable withoutFrames(String message) {
    Throwable throwable = new IllegalStateException(message);
    throwable.setStackTrace(new StackTraceElement[0]);
    return throwable;
  }

  @Test
  void countsAreFoldedWithoutBeingAskedFor() {
    try (Howdah howdah = start()) {
      log(howdah, Level.ERROR, noStock(1));
      log(howdah, Level.ERROR, noStock(1));
      awaitWritten(howdah);

      soon()
          .until(
              () ->
                  db.query("SELECT occurrences FROM monitoring.error_groups")
                      .equals(List.of(List.of("2"))));
      db.execute("SELECT monitoring.resolve_error(fingerprint) FROM monitoring.error_groups");
      // Later than the resolve, by the clock of the test's events.
      db.execute("UPDATE monitoring.error_groups SET resolved_at = '2020-01-01'");
      log(howdah, Level.ERROR, noStock(1));
      soon()
          .until(() -> "unresolved".equals(db.value("SELECT status FROM monitoring.error_groups")));
    }
  }

  @Test
  void anOutageGoesOverTheDiskWithErrorsAndTheirCounts() {
    settings.put("journal", "always");
    settings.put("batchSize", "64 KiB");
    int errors = 3000;
    proxy.refuse();
    try (Howdah howdah = start()) {
      for (int i = 0; i < errors; i++) {
        log(howdah, Level.ERROR, i % 3 == 0 ? noMoney() : noStock(i));
      }
      soon().until(() -> howdah.stats().journaled() >= errors / 2);
      proxy.accept();
      awaitWritten(howdah);
    }

    assertThat(db.query("SELECT occurrences FROM monitoring.issues ORDER BY 1"))
        .containsExactly(List.of("" + errors / 3), List.of("" + errors * 2 / 3));
    assertThat(
            db.query("SELECT sum(weight) FROM monitoring.errors GROUP BY fingerprint ORDER BY 1"))
        .containsExactly(List.of("" + errors / 3), List.of("" + errors * 2 / 3));
    assertThat(db.count("SELECT count(DISTINCT seq) FROM monitoring.logs")).isEqualTo(errors);
  }

  @Test
  void whatAFormerStartLeftIsCountedOnce() {
    settings.put("shutdownTimeout", "0");
    proxy.refuse();
    Howdah first = start();
    for (int i = 0; i < 500; i++) {
      log(first, Level.ERROR, noStock(i));
    }
    first.close();
    proxy.accept();
    try (Howdah second = start()) {
      soon().until(() -> second.stats().adopted() == 500);
    }

    assertThat(db.query("SELECT occurrences, first_release FROM monitoring.issues"))
        .containsExactly(List.of("500", "1.0"));
    assertThat(db.count("SELECT sum(weight) FROM monitoring.errors")).isEqualTo(500);
  }

  @Test
  void anOccurrenceThatIsRefusedCostsNoLogLineAndNoCount() {
    try (Howdah howdah = start()) {
      log(howdah, Level.ERROR, noStock(1));
      awaitWritten(howdah);
      db.execute(
          "ALTER TABLE monitoring.error_occurrences"
              + " ADD CONSTRAINT lucky CHECK (message NOT LIKE '%13%')");
      for (int product = 10; product < 20; product++) {
        log(howdah, Level.ERROR, noStock(product));
      }
      awaitWritten(howdah);
    }

    assertThat(db.count("SELECT count(*) FROM monitoring.logs")).isEqualTo(11);
    assertThat(db.query("SELECT occurrences FROM monitoring.issues"))
        .containsExactly(List.of("11"));
    assertThat(db.count("SELECT count(*) FROM monitoring.errors")).isEqualTo(10);
    assertThat(problems).anySatisfy(told -> assertThat(told).contains("a part of a batch"));
  }
}
