package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.howdah.HowdahConfig;
import dev.howdah.event.ContextValue;
import dev.howdah.event.EventSnapshot;
import dev.howdah.event.LogEventSlot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

class KeptEventTest {

  private static final HowdahConfig CONFIG = config("includeMDC", "true");

  private static final Logger LOGGER = logger();

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void anEventThatCannotChangeIsReadLaterAsItWas() {
    MDC.put("user", "ann");
    LoggingEvent event = event("order {} of {}", 4711, "ann");
    event.setKeyValuePairs(List.of(new KeyValuePair("currency", "EUR")));
    KeptEvent kept = keep(event, CONFIG);
    assertThat(kept).isNotNull();
    MDC.put("user", "bob");

    LogEventSlot slot = new LogEventSlot();
    CompletableFuture.runAsync(() -> kept.fill(slot), work -> new Thread(work).start()).join();

    assertThat(slot.level()).isEqualTo(dev.howdah.event.Level.WARN);
    assertThat(slot.loggedAtMicros()).isEqualTo(EventCopier.micros(event));
    assertThat(slot.logger()).isEqualTo("shop.Checkout");
    assertThat(slot.thread()).isEqualTo(Thread.currentThread().getName());
    assertThat(slot.message()).hasToString("order 4711 of ann");
    assertThat(slot.template()).isEqualTo("order {} of {}");
    assertThat(slot.contextMap()).isEqualTo(Map.of("user", "ann"));
    assertThat(slot.key(0)).isEqualTo("currency");
    assertThat(slot.value(0)).isEqualTo("EUR");
    assertThat(slot.keyValueCount()).isEqualTo(1);
  }

  @Test
  void aMessageWithoutArgumentsHasNoTemplate() {
    LogEventSlot slot = new LogEventSlot();
    KeptEvent kept = keep(event("50 % {} \\ {}"), CONFIG);
    assertThat(kept).isNotNull();
    kept.fill(slot);
    assertThat(slot.message()).hasToString("50 % {} \\ {}");
    assertThat(slot.template()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a \\{} {}", "\\\\{} of {}", "C:\\dir {}", "{} \\", "{} {} {}"})
  void theMessageIsSlf4jsWhateverTheTemplateHas(String template) {
    LoggingEvent event = event(template, 4711, "ann");
    KeptEvent kept = keep(event, CONFIG);
    assertThat(kept).isNotNull();
    LogEventSlot slot = new LogEventSlot();
    kept.fill(slot);
    assertThat(slot.message()).hasToString(event.getFormattedMessage());
    assertThat(slot.template()).isEqualTo(template);
  }

  static Stream<@Nullable Object> lasting() {
    return Stream.of(
        null,
        "ann",
        "x".repeat(1000),
        new BigDecimal("12.50"),
        4711L,
        true,
        'c',
        TimeUnit.DAYS,
        UUID.randomUUID(),
        Instant.EPOCH);
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void aKeyValueThatNeverChangesIsReadLaterAsItWouldHaveBeenAtOnce(@Nullable Object value) {
    LoggingEvent event = event("text");
    event.setKeyValuePairs(List.of(new KeyValuePair("key", value)));
    KeptEvent kept = keep(event, CONFIG);
    assertThat(kept).isNotNull();
    LogEventSlot slot = new LogEventSlot();
    kept.fill(slot);
    assertThat(slot.value(0)).isEqualTo(ContextValue.snapshot(value, 1000));
    assertThat(kept.bytes()).isGreaterThanOrEqualTo(ContextValue.bytes("key", value));
  }

  static Stream<Arguments> changing() {
    return Stream.of(
        changing("an argument", event("{}", new AtomicInteger(1))),
        changing("an argument whose text is the application's", event("{}", TimeUnit.DAYS)),
        changing("no template", event(null, 1)),
        changing("a long message", event("x".repeat(1001))),
        changing("a long argument", event("{}", "x".repeat(1001))),
        changing("a value", with("text", event -> event.setKeyValuePairs(pairs(new int[1])))),
        changing(
            "a value of many", with("text", event -> event.setKeyValuePairs(pairs(1, "", LOGGER)))),
        changing("a duration", with("text", event -> event.setKeyValuePairs(pairs(Duration.ZERO)))),
        changing(
            "a long value", with("text", event -> event.setKeyValuePairs(pairs("x".repeat(1001))))),
        changing("a marker", with("text", event -> event.addMarker(MarkerFactory.getMarker("M")))),
        changing(
            "a throwable", new LoggingEvent("", LOGGER, Level.WARN, "x", new Throwable(), null)),
        changing(
            "another class of events",
            new LoggingEvent("", LOGGER, Level.WARN, "x", null, null) {}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changing")
  void whatMayChangeOrHasToBeWorkedOutIsCopiedAtOnce(String what, LoggingEvent event) {
    assertThat(keep(event, CONFIG)).isNull();
    assertThat(new EventCopier(CONFIG).copy(event)).isInstanceOf(EventSnapshot.class);
  }

  @Test
  void settingsThatLeaveSomethingOutHoldForWhatIsReadLater() {
    MDC.put("user", "ann");
    LoggingEvent event = event("text");
    event.setKeyValuePairs(pairs(new AtomicInteger()));
    assertThat(keep(event, config("includeCallerData", "true"))).isNull();
    KeptEvent kept = keep(event, config("includeMDC", "false", "includeKeyValues", "false"));
    assertThat(kept).isNotNull();
    LogEventSlot slot = new LogEventSlot();
    kept.fill(slot);
    assertThat(slot.contextMap()).isEmpty();
    assertThat(slot.keyValueCount()).isZero();
  }

  private static Arguments changing(String what, LoggingEvent event) {
    return Arguments.of(what, event);
  }

  private static @Nullable KeptEvent keep(LoggingEvent event, HowdahConfig config) {
    return KeptEvent.of(event, config, new ContextWeights());
  }

  private static LoggingEvent with(String message, Consumer<LoggingEvent> change) {
    LoggingEvent event = event(message);
    change.accept(event);
    return event;
  }

  private static LoggingEvent event(@Nullable String message, Object... arguments) {
    return new LoggingEvent("", LOGGER, Level.WARN, message, null, arguments);
  }

  private static List<KeyValuePair> pairs(Object... values) {
    return new ArrayList<>(
        Arrays.stream(values).map(value -> new KeyValuePair("key", value)).toList());
  }

  private static HowdahConfig config(String... settings) {
    HowdahConfig.Builder builder =
        HowdahConfig.builder()
            .set("url", "jdbc:postgresql://nowhere/none")
            .set("maxMessageLength", "1000")
            .set("maxContextLength", "1000");
    for (int i = 0; i < settings.length; i += 2) {
      builder.set(settings[i], settings[i + 1]);
    }
    return builder.build();
  }

  private static Logger logger() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    return context.getLogger("shop.Checkout");
  }
}
