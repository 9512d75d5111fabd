package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HikariCP and the driver log into Log4j2 at its finest level while they write for us: each of
 * their events would be the cause of the next.
 */
@PostgresTest
class OwnEventsTest {

  private final TestDatabase db;
  private final Logger driver = Logger.getLogger("org.postgresql");
  private final Handler bridge = new Bridge();
  @TempDir Path directory;

  OwnEventsTest(TestDatabase db) {
    this.db = db;
  }

  /** Hands java.util.logging's events to Log4j2. */
  private static final class Bridge extends Handler {
    @Override
    public void publish(LogRecord logged) {
      LogManager.getLogger(String.valueOf(logged.getLoggerName())).debug(logged.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Sees which loggers were used by whom. */
  private static final class Seeing extends AbstractAppender {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Seeing() {
      super("SEEING", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      seen.add(event.getThreadName().replaceAll("\\d", "") + " " + event.getLoggerName());
    }
  }

  @BeforeEach
  void driverLogsIntoLog4j2() {
    driver.setLevel(Level.ALL);
    driver.addHandler(bridge);
  }

  @AfterEach
  void driverIsSilent() {
    driver.removeHandler(bridge);
    driver.setLevel(null);
  }

  private void terminateSessions() {
    db.query(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            + " WHERE application_name = 'howdah' AND datname = current_database()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Root", "AsyncRoot"})
  void whatIsLoggedWhileWritingIsNeverWritten(String root) {
    // The context that SLF4J logs into.
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Log4j2Fixture fixture = new Log4j2Fixture(db, directory, context);
    try {
      fixture.configureFile(
          Log4j2Fixture.file(
                  "<Postgres name='PG' flushInterval='5 ms' " + fixture.attributes() + "/>")
              .replace("Root", root)
              .replace("TRACE", "ALL"));
      Seeing seeing = new Seeing();
      seeing.start();
      context.getConfiguration().getRootLogger().addAppender(seeing, null, null);
      PostgresAppender appender = fixture.appender();
      LogManager.getLogger("shop.Checkout").info("event 0");
      await().atMost(Duration.ofSeconds(30)).until(() -> fixture.stats().written() > 0);
      terminateSessions(); // The pool tells of it on the thread that finds out: the writer.
      for (int i = 1; i < 100; i++) {
        LogManager.getLogger("shop.Checkout").info("event {}", i);
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(seeing.seen)
                      .anyMatch(seen -> seen.matches("howdah-writer.* com.zaxxer.hikari.*"))
                      .anyMatch(seen -> seen.matches("howdah-.* org.postgresql.*")));
      fixture.awaitWritten(fixture.stats().logged());
      long logged = fixture.stats().logged();
      await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(30))
          .until(() -> fixture.stats().logged() == logged);

      driver.removeHandler(bridge);
      assertThat(
              db.count("SELECT count(*) FROM " + fixture.logs() + " WHERE thread LIKE 'howdah-%'"))
          .isZero();
      assertThat(
              db.count(
                  "SELECT count(*) FROM " + fixture.logs() + " WHERE logger = 'shop.Checkout'"))
          .isEqualTo(100);
      assertThat(appender.getInstanceId()).isNotNull();
    } finally {
      context.reconfigure(); // Not stopped: it is the only one that SLF4J knows.
    }
  }
}
