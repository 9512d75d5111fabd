package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.conformance.HowdahThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logback scans its file and finds it changed while four threads log: what reached an appender, old
 * or new, is written once and in order or counted as lost, and of the old one nothing is left. What
 * a reload does by itself is in the conformance suite.
 */
@PostgresTest
class ReloadTest {

  private static final int THREADS = 4;

  private final TestDatabase db;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<PostgresAppender> appenders = new LinkedHashSet<>();
  private volatile boolean logging = true;
  @TempDir Path directory;

  ReloadTest(TestDatabase db) {
    this.db = db;
  }

  /** Stands on the appender and counts what reached it. */
  public static final class Counting extends Filter<ILoggingEvent> {
    static final AtomicLong REACHED = new AtomicLong();

    @Override
    public FilterReply decide(ILoggingEvent event) {
      REACHED.incrementAndGet();
      return FilterReply.NEUTRAL;
    }
  }

  @BeforeEach
  void countFromZero() {
    Counting.REACHED.set(0);
  }

  @Test
  void aFileThatIsScannedAndChangedLosesAndDoublesNothing() throws Exception {
    HowdahThreads before = HowdahThreads.now();
    Path file = directory.resolve("logback.xml");
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      String scan = " scan='true' scanPeriod='100 milliseconds'";
      Files.writeString(file, xml(fixture, 0, scan));
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(fixture.context);
      configurator.doConfigure(file.toFile());
      appenders.add(fixture.appender());
      startLogging(fixture);
      awaitWritten(1000);

      Files.writeString(file, xml(fixture, 1, scan));
      // Not before the old one: a file system's clock may be coarse.
      FileTime now = Files.getLastModifiedTime(file);
      Files.setLastModifiedTime(file, FileTime.fromMillis(now.toMillis() + 5000));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> current(fixture) instanceof PostgresAppender now2 && appenders.add(now2));
      assertOldConnectionsEnd(1);
      awaitWritten(1000);
      stopLogging();
      fixture.context.stop();

      assertThat(appenders).hasSize(2);
      assertNothingLostOrDoubled(fixture);
      before.assertNoOthersLeft();
    }
  }

  private static String xml(XmlFixture fixture, int round, String attributes) {
    String application = "?ApplicationName=howdah-" + round + "</url>";
    return XmlFixture.file(
            fixture.connection().replace("</url>", application)
                + fixture.surroundings()
                // What a stop leaves to the journal is another test's theme.
                + "<shutdownTimeout>1 min</shutdownTimeout>"
                + "<filter class='"
                + Counting.class.getName()
                + "'/>")
        .replace("<configuration>", "<configuration" + attributes + ">");
  }

  private static Object current(XmlFixture fixture) {
    return fixture.context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("PG");
  }

  private void startLogging(XmlFixture fixture) {
    Logger logger = fixture.context.getLogger("shop.Checkout");
    for (int t = 0; t < THREADS; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; logging; i++) {
                  logger.info("event {}", i);
                  // Some ten thousand a second are enough.
                  LockSupport.parkNanos(1);
                }
              },
              "worker-" + t);
      threads.add(thread);
      thread.start();
    }
  }

  private void stopLogging() throws InterruptedException {
    logging = false;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** So that each of them has been at work. */
  private void awaitWritten(long events) {
    PostgresAppender last = List.copyOf(appenders).get(appenders.size() - 1);
    await().atMost(Duration.ofSeconds(30)).until(() -> stats(last).written() >= events);
  }

  private void assertOldConnectionsEnd(int round) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                db.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND application_name LIKE 'howdah-%' AND application_name <>"
                            + " 'howdah-"
                            + round
                            + "'")
                    == 0);
  }

  private void assertNothingLostOrDoubled(XmlFixture fixture) {
    long written = 0;
    long lost = 0;
    for (PostgresAppender appender : appenders) {
      PipelineStats stats = stats(appender);
      assertThat(stats.pending()).as(stats.toString()).isZero();
      assertThat(stats.logged())
          .as(stats.toString())
          .isEqualTo(stats.written() + stats.dropped() + stats.rejected());
      written += stats.written();
      lost += stats.dropped() + stats.rejected();
    }
    String events = fixture.schema + ".log_events";
    assertThat(db.query("SELECT count(*), count(DISTINCT (instance_id, seq)) FROM " + events))
        .containsExactly(List.of("" + written, "" + written));
    String workers = " FROM " + fixture.schema + ".logs WHERE logger = 'shop.Checkout'";
    long workersRows = db.count("SELECT count(*)" + workers);
    assertThat(workersRows + lost).isEqualTo(Counting.REACHED.get());
    assertThat(db.count("SELECT count(DISTINCT (thread, message))" + workers))
        .isEqualTo(workersRows);
    // Over all instances, in the order of their start: each thread's numbers only grow.
    assertThat(
            db.count(
                "SELECT count(*) FROM (SELECT split_part(l.message, ' ', 2)::int <= lag("
                    + "split_part(l.message, ' ', 2)::int) OVER (PARTITION BY l.thread"
                    + " ORDER BY i.started_at, l.seq) AS back FROM "
                    + fixture.schema
                    + ".logs l JOIN "
                    + fixture.schema
                    + ".instances i USING (instance_id)"
                    + " WHERE l.logger = 'shop.Checkout') o WHERE back"))
        .isZero();
  }

  private static PipelineStats stats(PostgresAppender appender) {
    return Objects.requireNonNull(appender.getStats());
  }
}
