package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.MessageFactory;
import org.apache.logging.log4j.message.MessageFormatMessage;
import org.apache.logging.log4j.message.ObjectArrayMessage;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.message.ParameterizedMessageFactory;
import org.apache.logging.log4j.message.ReusableMessageFactory;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.message.StringFormattedMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.message.StructuredDataMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of Log4j2's messages becomes text, template and typed values; the same whether messages
 * are used again or not, and whether loggers are asynchronous or not.
 */
@PostgresTest
class MessagesTest {

  /** Of all: to make one for each message takes longer than the test. */
  private static final String SCHEMA = TestDatabase.newSchemaName();

  private final TestDatabase db;
  @TempDir Path directory;

  MessagesTest(TestDatabase db) {
    this.db = db;
  }

  /** How a message gets to the appender. */
  enum Way {
    NEW_MESSAGES,
    REUSED_MESSAGES,
    ASYNCHRONOUS_AND_NEW,
    ASYNCHRONOUS_AND_REUSED;

    MessageFactory factory() {
      return name().contains("REUSED")
          ? ReusableMessageFactory.INSTANCE
          : ParameterizedMessageFactory.INSTANCE;
    }

    LoggerContext context() {
      return name().startsWith("ASYNC")
          ? new AsyncLoggerContext("async")
          : new LoggerContext("sync");
    }
  }

  /** Something of the application's. */
  public record Order(int id, String password) {}

  private Log4j2Fixture fixture(Way way) {
    return new Log4j2Fixture(db, directory, way.context(), SCHEMA);
  }

  /** What this appender wrote. */
  private static String logs(Log4j2Fixture fixture) {
    return fixture.logs() + " WHERE instance_id = " + fixture.appender().getInstanceId();
  }

  /** Message, template and context of what is logged. */
  private void assertRow(
      Way way,
      Consumer<Logger> call,
      @Nullable String message,
      @Nullable String template,
      @Nullable String context) {
    try (Log4j2Fixture fixture = fixture(way)) {
      fixture.configure("");
      Logger logger = fixture.context().getLogger("shop." + way, way.factory());
      call.accept(logger);
      fixture.awaitWritten(1);

      assertThat(db.query("SELECT message, template, context FROM " + logs(fixture)))
          .containsExactly(Arrays.asList(message, template, context));
    }
  }

  @ParameterizedTest
  @EnumSource
  void parameters(Way way) {
    assertRow(
        way,
        logger -> logger.info("payment of {} took {} ms", "ann", 17),
        "payment of ann took 17 ms",
        "payment of {} took {} ms",
        null);
  }

  @ParameterizedTest
  @EnumSource
  void aNumberAsTheMessage(Way way) {
    assertRow(way, logger -> logger.info((Object) 42L), "42", null, "{\"object\": 42}");
  }

  @ParameterizedTest
  @EnumSource
  void aMapAsTheMessage(Way way) {
    assertRow(
        way,
        logger -> logger.info((Object) Map.of("id", 7)),
        "{id=7}",
        null,
        "{\"object\": {\"id\": 7}}");
  }

  @ParameterizedTest
  @EnumSource
  void anObjectOfTheApplicationsAsTheMessage(Way way) {
    assertRow(
        way,
        logger -> logger.info(new Order(7, "hush")),
        "Order[id=7, password=hush]",
        null,
        "{\"object\": {\"id\": 7, \"password\": \"[redacted]\"}}");
  }

  @ParameterizedTest
  @EnumSource
  void aTextOfAnyKindAsTheMessage(Way way) {
    assertRow(way, logger -> logger.info(CharBuffer.wrap("a text")), "a text", null, null);
  }

  @ParameterizedTest
  @EnumSource
  void anExceptionAsTheMessageHasItsStackTrace(Way way) {
    try (Log4j2Fixture fixture = fixture(way)) {
      fixture.configure("");
      fixture
          .context()
          .getLogger("shop." + way, way.factory())
          .error((Object) new IllegalStateException("card refused"));
      fixture.awaitWritten(1);

      assertThat(
              db.query("SELECT context, split_part(stack_trace, E'\\n', 1) FROM " + logs(fixture)))
          .containsExactly(Arrays.asList(null, "java.lang.IllegalStateException: card refused"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anArgumentThatFailsIsNamedInTheText(Way way) {
    Object failing =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };
    try (Log4j2Fixture fixture = fixture(way)) {
      fixture.configure("");
      fixture.context().getLogger("shop." + way, way.factory()).info("got {}", failing);
      fixture.awaitWritten(1);

      assertThat(db.value("SELECT message FROM " + logs(fixture)))
          .startsWith("got [!!!")
          .contains("IllegalStateException:no text");
    }
  }

  private void assertMessage(
      Message message, String text, @Nullable String template, @Nullable String context) {
    assertRow(Way.REUSED_MESSAGES, logger -> logger.info(message), text, template, context);
    assertRow(Way.ASYNCHRONOUS_AND_REUSED, logger -> logger.info(message), text, template, context);
  }

  @Test
  void aMapMessageGivesTypedValues() {
    assertMessage(
        new MapMessage<>(Map.of("id", 7)).with("paid", true).with("by", "ann"),
        "by=\"ann\" id=\"7\" paid=\"true\"",
        null,
        "{\"by\": \"ann\", \"id\": 7, \"paid\": true}");
  }

  @Test
  void secretsOfAMapMessageAreNotInItsTextEither() {
    assertMessage(
        new StringMapMessage().with("user", "ann").with("api_key", "hush"),
        "api_key=\"[redacted]\" user=\"ann\"",
        null,
        "{\"user\": \"ann\", \"api_key\": \"[redacted]\"}");
  }

  @Test
  void structuredDataHasItsIdAndType() {
    StructuredDataMessage message = new StructuredDataMessage("Transfer@32473", "moved", "audit");
    message.put("amount", "200");
    message.put("token", "hush");
    assertMessage(
        message,
        "audit [Transfer@32473 amount=\"200\" token=\"[redacted]\"] moved",
        null,
        "{\"sd_id\": \"Transfer@32473\", \"token\": \"[redacted]\", \"amount\": \"200\","
            + " \"sd_type\": \"audit\"}");
  }

  @Test
  void valuesOfMessagesCanBeLeftOut() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configure("includeKeyValues='false'");
      logger.info(new StringMapMessage().with("user", "ann"));
      logger.info((Object) 42);
      fixture.awaitWritten(2);

      assertThat(db.query("SELECT message, context FROM " + fixture.logs() + " ORDER BY seq"))
          .containsExactly(Arrays.asList("user=\"ann\"", null), Arrays.asList("42", null));
    }
  }

  @Test
  void theTemplatesOfOtherFormatsAreKept() {
    assertMessage(new ParameterizedMessage("of {}", "ann"), "of ann", "of {}", null);
    assertMessage(
        new StringFormattedMessage(Locale.ROOT, "of %s: %05d", "ann", 7),
        "of ann: 00007",
        "of %s: %05d",
        null);
    assertMessage(
        new MessageFormatMessage(Locale.ROOT, "of {0}: {1}", "ann", 7),
        "of ann: 7",
        "of {0}: {1}",
        null);
  }

  @Test
  void messagesWithoutArgumentsHaveNoTemplate() {
    assertMessage(new SimpleMessage("plain {}"), "plain {}", null, null);
    assertMessage(new ParameterizedMessage("plain"), "plain", null, null);
    assertMessage(new ObjectMessage("plain"), "plain", null, null);
    assertMessage(new ObjectArrayMessage("a", 7), "[a, 7]", null, null);
  }

  @Test
  void aMessageWhoseFormattingFailsIsCountedAndTheNextOneArrives() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configure("");
      Message failing =
          new SimpleMessage("text") {
            @Override
            public void formatTo(StringBuilder buffer) {
              throw new IllegalStateException("no text");
            }
          };
      logger.info(failing);
      logger.info("the next one");
      fixture.awaitWritten(1);

      assertThat(fixture.stats().dropped()).isEqualTo(1);
      assertThat(db.query("SELECT message FROM " + fixture.logs()))
          .containsExactly(List.of("the next one"));
    }
  }
}
