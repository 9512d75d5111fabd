package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log4j2's levels, and custom ones, become the nearest of ours and keep their own name. */
@PostgresTest
class LevelsTest {

  private final TestDatabase db;
  @TempDir Path directory;

  LevelsTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void eachLevelBecomesTheNearestAndACustomOneKeepsItsName() {
    List<List<@Nullable String>> expected = new ArrayList<>();
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("");
      log(fixture, expected, Level.FATAL, "FATAL", null);
      log(fixture, expected, Level.ERROR, "ERROR", null);
      log(fixture, expected, Level.WARN, "WARN", null);
      log(fixture, expected, Level.INFO, "INFO", null);
      log(fixture, expected, Level.DEBUG, "DEBUG", null);
      log(fixture, expected, Level.TRACE, "TRACE", null);
      log(fixture, expected, Level.OFF, "FATAL", "OFF");
      log(fixture, expected, Level.ALL, "TRACE", "ALL");
      custom(fixture, expected, "DISASTER", 50, "FATAL");
      custom(fixture, expected, "NEARLY_FATAL", 149, "FATAL");
      custom(fixture, expected, "ALERT", 150, "FATAL");
      custom(fixture, expected, "SEVERE", 151, "ERROR");
      custom(fixture, expected, "NOTICE", 350, "WARN");
      custom(fixture, expected, "NEWS", 351, "INFO");
      custom(fixture, expected, "VERBOSE", 550, "DEBUG");
      custom(fixture, expected, "CHATTER", 551, "TRACE");
      custom(fixture, expected, "WHISPER", 5000, "TRACE");
      fixture.awaitWritten(expected.size());

      assertThat(
              db.query(
                  "SELECT level, context->>'level_name', message FROM "
                      + fixture.logs()
                      + " ORDER BY seq"))
          .containsExactlyElementsOf(expected);
    }
  }

  private static void custom(
      Log4j2Fixture fixture,
      List<List<@Nullable String>> expected,
      String name,
      int number,
      String nearest) {
    log(fixture, expected, Level.forName(name, number), nearest, name);
  }

  /** Straight to the appender: no logger lets OFF through. */
  private static void log(
      Log4j2Fixture fixture,
      List<List<@Nullable String>> expected,
      Level level,
      String nearest,
      @Nullable String kept) {
    fixture
        .appender()
        .append(
            Log4jLogEvent.newBuilder()
                .setLoggerName("shop.Checkout")
                .setLevel(level)
                .setMessage(new SimpleMessage(level.name()))
                .build());
    expected.add(Arrays.asList(nearest, kept, level.name()));
  }
}
