package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The encoder puts arguments that can't change into the message, long after the call: nobody sees
 * it by the rows.
 */
@PostgresTest
class LaterMessageTest {

  private static final List<String> TEMPLATES =
      List.of(
          "",
          "{}",
          "none at all",
          "{} {} {} {} and more",
          "{{}}{}",
          "{}{",
          "an \\{} escaped {}",
          "a \\\\{} backslash {}",
          "umlauts äöü {} 🐘 {}");

  private static final List<Object[]> ARGUMENTS =
      List.of(
          new Object[] {"text"},
          new Object[] {1, 2L},
          new Object[] {'c', true, 1.5, 2.5f, (short) 3, (byte) 4},
          new Object[] {null, "after null"},
          new Object[] {UUID.fromString("4bf92f35-77b3-4da6-a3ce-929d0e0e4736"), Instant.EPOCH},
          new Object[] {new int[] {1, 2}, List.of("a"), new AtomicInteger(3)},
          new Object[] {"a placeholder {} in an argument", "{}"});

  private final TestDatabase db;
  @TempDir Path directory;
  private AppenderFixture fixture;

  LaterMessageTest(TestDatabase db) {
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
  void everyTemplateWithAllArgumentsIsFilledAsSlf4jFillsIt() {
    Logger logger = fixture.start();
    List<List<String>> expected = new ArrayList<>();
    for (String template : TEMPLATES) {
      for (Object[] arguments : ARGUMENTS) {
        logger.info(template, arguments.clone());
        expected.add(
            List.of(MessageFormatter.arrayFormat(template, arguments).getMessage(), template));
      }
    }
    fixture.appender.stop();

    assertThat(db.query("SELECT message, template FROM " + fixture.logs() + " ORDER BY seq"))
        .isEqualTo(expected);
  }

  @Test
  void whatTheCallerChangesAfterTheCallIsNotInTheRow() {
    Logger logger = fixture.start();
    Object[] arguments = {"first", 1};
    AtomicInteger counter = new AtomicInteger(1);
    MDC.put("user", "first");
    LoggingEventBuilder builder =
        logger.atInfo().addKeyValue("n", counter).addArgument(counter).addArgument(1);

    logger.info("array {} {}", arguments);
    builder.log("builder {} {}");
    arguments[0] = "second";
    counter.set(2);
    MDC.put("user", "second");
    builder.addKeyValue("late", true).addArgument("late").log("again {} {}");
    fixture.appender.stop();

    assertThat(
            db.query(
                "SELECT message, context->>'user', context->>'n', context->>'late' FROM "
                    + fixture.logs()
                    + " ORDER BY seq"))
        .containsExactly(
            Arrays.asList("array first 1", "first", null, null),
            Arrays.asList("builder 1 1", "first", "1", null),
            List.of("again 2 1", "second", "2", "true"));
  }

  @Test
  void aMessageThatIsTooLongIsCutAsEver() {
    fixture.appender.setMaxMessageLength("1000");
    fixture.start().info("long {} {}", "x".repeat(2000), 1);
    fixture.appender.stop();

    assertThat(db.value("SELECT message FROM " + fixture.logs()))
        .isEqualTo("long " + "x".repeat(995) + "… [cut]");
    assertThat(fixture.stats().cut()).isEqualTo(1);
  }
}
