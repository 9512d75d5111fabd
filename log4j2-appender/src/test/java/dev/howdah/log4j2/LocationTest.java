package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.spi.ExtendedLoggerWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caller in the context is the one who logged, through a wrapper or another thread as well. */
@PostgresTest
class LocationTest {

  private final TestDatabase db;
  @TempDir Path directory;

  LocationTest(TestDatabase db) {
    this.db = db;
  }

  /** Wraps a logger as Log4j2's interfaces for Kotlin and Scala do. */
  private static final class ShopLog extends ExtendedLoggerWrapper {

    private static final String FQCN = ShopLog.class.getName();

    ShopLog(Logger logger) {
      super(logger, logger.getName(), logger.getMessageFactory());
    }

    void say(String text, Object argument) {
      logIfEnabled(FQCN, Level.INFO, null, text, argument);
    }
  }

  @Test
  void throughAWrapperItIsTheCallerOfTheWrapper() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      new ShopLog(fixture.configure("includeLocation='true'")).say("to {}", "ann");

      assertCaller(fixture, "LocationTest.throughAWrapperItIsTheCallerOfTheWrapper(");
    }
  }

  @Test
  void throughTheFluentInterfaceItIsTheCaller() throws InterruptedException {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configure("includeLocation='true'");
      // Not on a thread that has used SLF4J: there Log4j2 2.26.1 goes on looking for SLF4J's
      // caller.
      Thread fresh = new Thread(() -> logFluently(logger));
      fresh.start();
      fresh.join();

      assertCaller(fixture, "LocationTest.logFluently(");
    }
  }

  private static void logFluently(Logger logger) {
    logger.atInfo().log("fluent");
  }

  @Test
  void anAsynchronousLoggerHasToIncludeItToo() {
    try (Log4j2Fixture fixture =
        new Log4j2Fixture(db, directory, new AsyncLoggerContext("async"))) {
      fixture
          .configureFile(
              Log4j2Fixture.file(
                      "<Postgres name='PG' includeLocation='true' " + fixture.attributes() + "/>")
                  .replace("<Root ", "<Root includeLocation='true' "))
          .info("from afar");

      assertCaller(fixture, "LocationTest.anAsynchronousLoggerHasToIncludeItToo(");
    }
  }

  @Test
  void byDefaultNobodyLooksForIt() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("").info("from somewhere");
      fixture.awaitWritten(1);

      assertThat(fixture.appender().requiresLocation()).isFalse();
      assertThat(db.value("SELECT context->>'caller' FROM " + fixture.logs())).isNull();
    }
  }

  private void assertCaller(Log4j2Fixture fixture, String caller) {
    fixture.awaitWritten(1);
    assertThat(db.value("SELECT context->>'caller' FROM " + fixture.logs())).contains(caller);
  }
}
