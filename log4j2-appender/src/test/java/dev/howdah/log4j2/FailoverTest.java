package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AppenderLoggingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was not accepted is an exception where that was asked for, and goes to the next appender.
 */
@PostgresTest
class FailoverTest {

  /** The database is away, and there is room for little. */
  private static final String AWAY =
      " url='jdbc:postgresql://127.0.0.1:1/none' ringSize='64' batchSize='16 KiB'"
          + " maxMemory='4 MiB' journal='off' onFull='drop' shutdownTimeout='0' shutdownHook='false'";

  private static final int EVENTS = 3000;
  private static final String TEXT = "x".repeat(10_000);

  private final TestDatabase db;
  @TempDir Path directory;

  FailoverTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void withoutRoomTheNextAppenderGetsTheEvents() throws IOException {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configureFile(failover(AWAY));
      for (int i = 0; i < EVENTS; i++) {
        logger.info(TEXT);
      }

      long refused = fixture.stats().dropped();
      assertThat(refused).isPositive();
      assertThat(linesOfTheSecond()).isEqualTo(EVENTS - fixture.stats().pending());
    }
  }

  @Test
  void aWrongUrlGivesAllEventsToTheNextAppender() throws IOException {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configureFile(failover(" url='jdbc:mysql://localhost/shop'"));
      logger.info("one");
      logger.info("two");

      assertThat(linesOfTheSecond()).isEqualTo(2);
    }
  }

  @Test
  void afterItsStopTheNextAppenderGetsTheEvents() throws IOException {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configureFile(failover(fixture.attributes()));
      logger.info("one");
      fixture.appender().stop(5, TimeUnit.SECONDS);
      logger.info("two");

      assertThat(fixture.stats().written()).isEqualTo(1);
      assertThat(linesOfTheSecond()).isEqualTo(1);
    }
  }

  private String failover(String attributes) {
    return Log4j2Fixture.file(
            "<Postgres name='PG' ignoreExceptions='false' "
                + attributes
                + "/><File name='SECOND' fileName='"
                + second()
                + "'><PatternLayout pattern='%m%n'/></File><Failover name='BOTH' primary='PG'>"
                + "<Failovers><AppenderRef ref='SECOND'/></Failovers></Failover>")
        .replace(
            "<Root level='TRACE'><AppenderRef ref='PG'",
            "<Root level='TRACE'><AppenderRef ref='BOTH'");
  }

  private Path second() {
    return directory.resolve("second.log");
  }

  private long linesOfTheSecond() throws IOException {
    return Files.readAllLines(second()).size();
  }

  @Test
  void whatWasNotAcceptedIsAnExceptionWhereThatWasAskedFor() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger =
          fixture.configureFile(
              Log4j2Fixture.file("<Postgres name='PG' ignoreExceptions='false' " + AWAY + "/>"));

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < EVENTS; i++) {
                  logger.info(TEXT);
                }
              })
          .isInstanceOf(AppenderLoggingException.class)
          .hasMessage("appender PG did not accept an event: there is no room, or it has stopped");
    }
  }

  @Test
  void byDefaultTheApplicationHearsNothing() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger =
          fixture.configureFile(Log4j2Fixture.file("<Postgres name='PG' " + AWAY + "/>"));

      assertThatCode(
              () -> {
                for (int i = 0; i < EVENTS; i++) {
                  logger.info(TEXT);
                }
                fixture.appender().stop(5, TimeUnit.SECONDS);
                logger.info("after the stop");
              })
          .doesNotThrowAnyException();
      assertThat(fixture.stats().dropped()).isPositive();
    }
  }

  @Test
  void anEventAfterTheStopIsAnExceptionWhereThatWasAskedFor() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configure("ignoreExceptions='false'");
      fixture.appender().stop(5, TimeUnit.SECONDS);

      assertThatThrownBy(() -> logger.info("after the stop"))
          .isInstanceOf(AppenderLoggingException.class);
    }
  }
}
