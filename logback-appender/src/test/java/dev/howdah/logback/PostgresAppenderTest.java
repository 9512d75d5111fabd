package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.howdah.event.HowdahThreads;
import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import dev.howdah.event.PipelineListener;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** What only Logback's appender can be asked to do; the rest is in {@link ConformanceTest}. */
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

  @Test
  void markersThatReferToEachOtherAreStoredOnce() {
    Marker marker = cyclicMarker();
    fixture.start().atInfo().addMarker(marker).log("marked");
    fixture.appender.stop();

    assertThat(db.value("SELECT context->>'markers' FROM " + fixture.logs()))
        .isEqualTo("[\"a\", \"b\"]");
  }

  @SuppressWarnings("deprecation") // Users still do it.
  private static Marker cyclicMarker() {
    Marker marker = MarkerFactory.getDetachedMarker("a");
    Marker other = MarkerFactory.getDetachedMarker("b");
    marker.add(other);
    other.add(marker);
    return marker;
  }

  @Test
  void whatHowdahsThreadsLoggedWhileSlf4jWasSetUpIsLeftOutWhenItIsHandedOn() {
    Logger logger = fixture.start();
    // The newest, of this test: others may be about to end.
    String own =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("howdah-encoder-"))
            .max(Comparator.comparingInt(String::length).thenComparing(Function.identity()))
            .orElseThrow();
    await().until(() -> HowdahThreads.isOwn(own));
    for (String name : List.of(own, "howdah-of-the-application")) {
      LoggingEvent event =
          new LoggingEvent(
              "fqcn", logger, ch.qos.logback.classic.Level.INFO, "by " + name, null, null);
      event.setThreadName(name);
      logger.callAppenders(event);
    }
    fixture.appender.stop();

    assertThat(db.query("SELECT message FROM " + fixture.logs()))
        .containsExactly(List.of("by howdah-of-the-application"));
  }

  @Test
  void theListenerHearsOfEachLossByCauseAndLevel() throws Exception {
    Map<String, Long> heard = new ConcurrentHashMap<>();
    fixture.appender.setListener(
        new PipelineListener() {
          @Override
          public void lost(LossCause cause, Level level, long count) {
            heard.merge(cause + "." + level, count, Long::sum);
          }
        });
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      fixture.appender.setUrl("jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
      fixture.appender.setOnFull("drop");
      fixture.appender.setRingSize("64");
      fixture.appender.setMaxMemory("4 MiB");
      proxy.pause();
      Logger logger = fixture.start();
      String text = "z".repeat(1000);
      // Many times the memory that there is.
      for (int i = 0; i < 20_000; i++) {
        logger.info(text);
        logger.error(text);
      }
      proxy.resume();
      fixture.awaitDrained();
      fixture.appender.stop();

      long info = fixture.stats().lost(LossCause.FULL, Level.INFO);
      long error = fixture.stats().lost(LossCause.FULL, Level.ERROR);
      assertThat(info).isPositive();
      assertThat(heard).isEqualTo(Map.of("FULL.INFO", info, "FULL.ERROR", error));
    }
  }

  /** Unlike a context, an appender that is stopped stays attached. */
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
