package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.conformance.HowdahThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Log4j2 reads a changed file while four threads log without a pause. What did not change for the
 * appender goes on as it was; else a new one takes over, and nothing is left of the old one. Either
 * way each event is written once and in its thread's order.
 */
@PostgresTest
class ReloadTest {

  private static final int THREADS = 4;
  private static final long PAUSE_NANOS = 200_000; // A few thousand events a second are enough.

  private final TestDatabase db;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong logged = new AtomicLong();
  private volatile boolean logging = true;
  @TempDir Path directory;

  ReloadTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void whenOnlyALoggersLevelChangedTheSameInstanceGoesOn() throws Exception {
    HowdahThreads before = HowdahThreads.now();
    try (Log4j2Fixture fixture = fixture()) {
      write(fixture, "INFO", "");
      fixture.context().start();
      PostgresAppender old = fixture.appender();
      startLogging(fixture);
      awaitWritten(fixture, 1000);

      rewrite(fixture, "DEBUG", "");
      assertThat(fixture.appender()).isNotSameAs(old);
      assertThat(fixture.appender().getInstanceId()).isEqualTo(old.getInstanceId());
      assertThat(fixture.stats().written()).isGreaterThanOrEqualTo(1000);
      awaitWritten(fixture, fixture.stats().written() + 1000);
      stopLogging();
      PostgresAppender last = fixture.appender();
      fixture.context().stop();

      assertWrittenOnceAndInOrder(fixture, List.of(last), 1);
      before.assertNoOthersLeft();
    }
  }

  @Test
  void whenASettingChangedANewInstanceTakesOver() throws Exception {
    HowdahThreads before = HowdahThreads.now();
    try (Log4j2Fixture fixture = fixture()) {
      write(fixture, "INFO", "");
      fixture.context().start();
      PostgresAppender old = fixture.appender();
      startLogging(fixture);
      awaitWritten(fixture, 1000);

      rewrite(fixture, "INFO", "release='1.4.2'");
      PostgresAppender last = fixture.appender();
      assertThat(last.getInstanceId()).isNotEqualTo(old.getInstanceId());
      await().atMost(Duration.ofSeconds(10)).until(old::isStopped);
      awaitWritten(fixture, 1000);
      stopLogging();
      fixture.context().stop();

      assertWrittenOnceAndInOrder(fixture, List.of(old, last), 2);
      before.assertNoOthersLeft();
    }
  }

  private Log4j2Fixture fixture() {
    return new Log4j2Fixture(db, directory, new LoggerContext("reload", null, file().toUri()));
  }

  private Path file() {
    return directory.resolve("log4j2.xml");
  }

  private void write(Log4j2Fixture fixture, String level, String attributes) throws IOException {
    Files.writeString(
        file(),
        Log4j2Fixture.file(
                "<Postgres name='PG' onFull='block' onFullTimeout='1 min' shutdownTimeout='1 min' "
                    + fixture.attributes()
                    + " "
                    + attributes
                    + "/>")
            .replace("<Configuration>", "<Configuration monitorInterval='1'>")
            .replace("<Loggers>", "<Loggers><Logger name='other' level='" + level + "'/>"));
  }

  /** Waits until the new file is in force. */
  private void rewrite(Log4j2Fixture fixture, String level, String attributes) throws IOException {
    Configuration old = fixture.context().getConfiguration();
    FileTime then = Files.getLastModifiedTime(file());
    write(fixture, level, attributes);
    // Not before the old one: a file system's clock may be coarse.
    Files.setLastModifiedTime(file(), FileTime.fromMillis(then.toMillis() + 5000));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> fixture.context().getConfiguration() != old && old.isStopped());
  }

  private void startLogging(Log4j2Fixture fixture) {
    Logger logger = fixture.context().getLogger("shop.Checkout");
    for (int t = 0; t < THREADS; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; logging; i++) {
                  logger.info("event {}", i);
                  logged.incrementAndGet();
                  LockSupport.parkNanos(PAUSE_NANOS);
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

  private static void awaitWritten(Log4j2Fixture fixture, long events) {
    await().atMost(Duration.ofSeconds(30)).until(() -> fixture.stats().written() >= events);
  }

  private void assertWrittenOnceAndInOrder(
      Log4j2Fixture fixture, List<PostgresAppender> appenders, int instances) {
    long written = 0;
    for (PostgresAppender appender : appenders) {
      PipelineStats stats = Objects.requireNonNull(appender.getStats());
      assertThat(stats.logged()).as(stats.toString()).isEqualTo(stats.written());
      written += stats.written();
    }
    assertThat(written).isEqualTo(logged.get());
    assertThat(
            db.query(
                "SELECT count(*), count(DISTINCT (thread, message)), count(DISTINCT instance_id)"
                    + " FROM "
                    + fixture.logs()))
        .containsExactly(List.of("" + written, "" + written, "" + instances));
    // Over all instances, in the order of their start: each thread's numbers only grow.
    assertThat(
            db.count(
                "SELECT count(*) FROM (SELECT split_part(l.message, ' ', 2)::int <= lag("
                    + "split_part(l.message, ' ', 2)::int) OVER (PARTITION BY l.thread"
                    + " ORDER BY i.started_at, l.seq) AS back FROM "
                    + fixture.logs()
                    + " l JOIN "
                    + fixture.schema
                    + ".instances i USING (instance_id)) o WHERE back"))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "url='URL?ApplicationName=one', url='URL?ApplicationName=other'",
    "url='URL?password=one', url='URL?password=other'",
    "url='URL' password='one', url='URL' password='other'",
    "url='URL' username='one', url='URL' username='other'",
    "url='URL' batchSize='1 MiB', url='URL' batchSize='2 MiB'",
    "url='URL'><Hikari><Property name='password'>one</Property></Hikari,"
        + " url='URL'><Hikari><Property name='password'>other</Property></Hikari",
    "><DriverManager connectionString='URL' userName='u' password='one'/,"
        + " ><DriverManager connectionString='URL' userName='u' password='other'/",
    "><DriverManager connectionString='URL'><Property name='user'>one</Property></DriverManager,"
        + " ><DriverManager connectionString='URL'><Property name='user'>other</Property>"
        + "</DriverManager",
  })
  void aChangeOfAnySettingIsANewInstanceAndNoChangeIsNone(String one, String other) {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Long first = instance(fixture, one);
      assertThat(instance(fixture, one)).isEqualTo(first);
      assertThat(instance(fixture, other)).isNotEqualTo(first);
    }
  }

  @Test
  void noMessageShowsThePasswordOfAnAttribute() {
    try (StatusMessages messages = StatusMessages.from(Level.ALL);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      instance(fixture, "url='URL?password=hush' password='hush'");
      fixture.context().stop();

      assertThat(messages.all()).isNotEmpty().noneMatch(text -> text.contains("hush"));
    }
  }

  private static Long instance(Log4j2Fixture fixture, String attributes) {
    boolean nested = attributes.contains(">");
    fixture.configureFile(
        Log4j2Fixture.file(
            "<Postgres name='PG' shutdownTimeout='0' shutdownHook='false' "
                + attributes.replace("URL", "jdbc:postgresql://127.0.0.1:1/none")
                + (nested ? "></Postgres>" : "/>")));
    return Objects.requireNonNull(fixture.appender().getInstanceId());
  }
}
