package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import dev.howdah.event.PipelineListener;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server stops answering: a proxy in front of it stops reading. What the logging calls do then
 * is bounded in events and bytes, and every loss is counted by cause and level.
 */
@PostgresTest
class OverloadTest {

  private static final int RING = 64;

  private final TestDatabase db;
  @TempDir Path directory;
  private FaultyProxy proxy;
  private AppenderFixture fixture;

  OverloadTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void standBetween() throws IOException {
    proxy = new FaultyProxy(db.host(), db.port());
    fixture = new AppenderFixture(db, directory);
    fixture.appender.setUrl("jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
    fixture.appender.setRingSize(Integer.toString(RING));
    fixture.appender.setMaxMemory("4 MiB");
    fixture.appender.setBatchSize("64 KiB");
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    fixture.close();
  }

  /** Starts, and freezes the server as soon as the first event is in it. */
  private Logger startFrozen() {
    Logger logger = fixture.start();
    logger.setLevel(ch.qos.logback.classic.Level.TRACE);
    logger.info("first");
    await().until(() -> fixture.stats().written() == 1);
    proxy.pause();
    return logger;
  }

  /** Logs until every batch is full, and the ring so full that this level is refused. */
  private void fill(Logger logger, org.slf4j.event.Level level) {
    String text = "z".repeat(1000);
    await()
        .until(
            () -> {
              for (int i = 0; i < 10 * RING; i++) {
                logger.atLevel(level).log(text);
              }
              return encoderWaitsForABatch();
            });
    for (int i = 0; i < 2 * RING; i++) {
      logger.atLevel(level).log(text);
    }
  }

  private static boolean encoderWaitsForABatch() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("howdah-encoder"))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals("borrow"));
  }

  private void assertEverythingAddsUpOnceTheServerAnswers() {
    proxy.resume();
    fixture.awaitDrained();
    fixture.appender.stop();
    fixture.assertBalanced();
  }

  private long lost(LossCause cause, Level level) {
    return fixture.stats().lost(cause, level);
  }

  @Test
  void dropLosesWhatFindsNoRoomWhateverItsLevelAndNeverWaits() {
    fixture.appender.setOnFull("drop");
    // A call that waited would wait for the whole of this.
    fixture.appender.setOnFullTimeout("1 h");
    Logger logger = startFrozen();
    fill(logger, org.slf4j.event.Level.INFO);
    fill(logger, org.slf4j.event.Level.ERROR);

    assertThat(lost(LossCause.FULL, Level.INFO)).isPositive();
    assertThat(lost(LossCause.FULL, Level.ERROR)).isPositive();
    assertThat(lost(LossCause.TIMEOUT, Level.ERROR)).isZero();
    assertEverythingAddsUpOnceTheServerAnswers();
  }

  @Test
  void shedKeepsRoomForWarningsAndLosesWhatIsBelowFirst() {
    fixture.appender.setOnFullTimeout("20 ms");
    Logger logger = startFrozen();
    fill(logger, org.slf4j.event.Level.INFO);
    assertThat(lost(LossCause.FULL, Level.INFO)).isPositive();

    int reserve = RING / 5;
    for (int i = 0; i < reserve; i++) {
      logger.warn("there is room for this one");
    }
    assertThat(lost(LossCause.FULL, Level.WARN)).isZero();
    fill(logger, org.slf4j.event.Level.WARN);
    assertThat(lost(LossCause.TIMEOUT, Level.WARN)).as("a WARN never waits").isZero();
    assertEverythingAddsUpOnceTheServerAnswers();
    assertThat(
            db.count(
                "SELECT count(*) FROM "
                    + fixture.logs()
                    + " WHERE message = 'there is room for this one'"))
        .isEqualTo(reserve);
  }

  @Test
  void shedLetsOneErrorWaitInVainAndNotEachOfThem() {
    fixture.appender.setOnFullTimeout("20 ms");
    Logger logger = startFrozen();
    fill(logger, org.slf4j.event.Level.WARN);
    for (int i = 0; i < 1000; i++) {
      logger.error("error {}", i);
    }
    assertThat(lost(LossCause.TIMEOUT, Level.ERROR)).isEqualTo(1);
    assertThat(lost(LossCause.FULL, Level.ERROR)).isEqualTo(999);
    assertEverythingAddsUpOnceTheServerAnswers();
  }

  @Test
  void blockEndsAtItsTimeoutAndGoesOnWhenThereIsRoomAgain() {
    fixture.appender.setOnFull("block");
    fixture.appender.setOnFullTimeout("1 ms");
    Logger logger = startFrozen();
    fill(logger, org.slf4j.event.Level.DEBUG);

    assertThat(lost(LossCause.TIMEOUT, Level.DEBUG)).isEqualTo(fixture.stats().dropped());
    assertEverythingAddsUpOnceTheServerAnswers();
  }

  @Test
  void anInterruptedThreadStillWaitsAndStaysInterrupted() {
    fixture.appender.setOnFull("block");
    fixture.appender.setOnFullTimeout("1 ms");
    Logger logger = startFrozen();
    fill(logger, org.slf4j.event.Level.INFO);
    long timeouts = lost(LossCause.TIMEOUT, Level.INFO);
    Thread.currentThread().interrupt();
    logger.info("from an interrupted thread");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(lost(LossCause.TIMEOUT, Level.INFO)).isEqualTo(timeouts + 1);
    assertEverythingAddsUpOnceTheServerAnswers();
  }

  @Test
  void memoryIsBoundedWhateverIsLogged() {
    fixture.appender.setOnFull("drop");
    fixture.appender.setRingSize("8192");
    fixture.appender.setMaxMemory("16 MiB");
    fixture.appender.setBatchSize("1 MiB");
    Logger logger = startFrozen();
    long before = usedHeap();
    for (int i = 0; i < 20_000; i++) {
      logger
          .atInfo()
          .addKeyValue("text", "k".repeat(30_000))
          .setCause(new IllegalStateException("c".repeat(30_000)))
          .log("m".repeat(100_000));
    }
    long kept = usedHeap() - before;
    assertThat(fixture.stats().pending()).isPositive();
    assertThat(kept).as("bytes kept alive of 3 GB that were logged").isLessThan(20L << 20);
    assertEverythingAddsUpOnceTheServerAnswers();
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void lossesAreToldByOneRowAndByTheListener() {
    Map<String, Long> heard = new ConcurrentHashMap<>();
    fixture.appender.setListener(
        new PipelineListener() {
          @Override
          public void lost(LossCause cause, Level level, long count) {
            heard.merge(cause + "." + level, count, Long::sum);
          }
        });
    fixture.appender.setOnFull("drop");
    Logger logger = startFrozen();
    fill(logger, org.slf4j.event.Level.INFO);
    fill(logger, org.slf4j.event.Level.ERROR);
    assertEverythingAddsUpOnceTheServerAnswers();

    long info = lost(LossCause.FULL, Level.INFO);
    long error = lost(LossCause.FULL, Level.ERROR);
    assertThat(heard).isEqualTo(Map.of("FULL.INFO", info, "FULL.ERROR", error));
    assertThat(
            db.query(
                "SELECT level, sum((context->>'dropped.FULL.INFO')::int),"
                    + " sum((context->>'dropped.FULL.ERROR')::int) FROM "
                    + fixture.logs()
                    + " WHERE logger = 'dev.howdah' GROUP BY level"))
        .containsExactly(List.of("WARN", "" + info, "" + error));
    assertThat(db.count("SELECT dropped FROM " + fixture.schema + ".instances"))
        .isEqualTo(fixture.stats().dropped());
  }

  @Test
  void whatIsLoggedWhileItStopsIsWrittenOrCounted() throws InterruptedException {
    Logger logger = fixture.start();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                while (fixture.stats().lost(LossCause.SHUTDOWN, Level.INFO) < 100) {
                  logger.info("until it is closed");
                }
              });
      threads.add(thread);
      thread.start();
    }
    await().until(() -> fixture.stats().written() > 1000);
    fixture.appender.stop();
    for (Thread thread : threads) {
      thread.join();
    }
    PipelineStats stats = fixture.stats();
    assertThat(stats.pending()).isZero();
    assertThat(stats.lost(LossCause.SHUTDOWN, Level.INFO)).isGreaterThanOrEqualTo(100);
    fixture.assertBalanced();
  }
}
