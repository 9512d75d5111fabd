package dev.howdah.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.batch.ByteBuilder;
import dev.howdah.event.ContextValue;
import dev.howdah.event.LogEventSlot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ContextEncoderTest {

  private static final int MAX_BYTES = 300;
  private static final int JSON_AT = 5;

  private final ContextEncoder encoder =
      new ContextEncoder(
          new Redaction(List.of("secret", "api_key"), List.of()),
          Set.of("trace_id", "traceId"),
          MAX_BYTES);
  private final LogEventSlot slot = new LogEventSlot();
  private boolean cut;

  private String json(@Nullable String traceId) {
    ByteBuilder out = new ByteBuilder(16);
    cut = encoder.encode(slot, traceId, null, out);
    return out.length() < JSON_AT
        ? ""
        : new String(out.array(), JSON_AT, out.length() - JSON_AT, StandardCharsets.UTF_8);
  }

  private void keyValue(String key, @Nullable Object value) {
    slot.keyValue(key, ContextValue.snapshot(value, MAX_BYTES));
  }

  @Test
  void theTraceIdOfTheColumnIsLeftOutAndASecondOneStays() {
    slot.contextMap(Map.of("trace_id", "a"));
    keyValue("traceId", 7L);
    assertThat(json(slot.contextMap().get("trace_id"))).isEqualTo("{\"traceId\":7}");
  }

  @Test
  void anotherKeyThatHoldsTheVerySameTextStays() {
    String id = "4bf92f3577b34da6";
    slot.contextMap(Map.of("trace_id", id));
    keyValue("request_id", id);
    assertThat(json(id)).isEqualTo("{\"request_id\":\"4bf92f3577b34da6\"}");
  }

  @Test
  void nothingToSayIsNull() {
    slot.contextMap(Map.of());
    assertThat(json(null)).isEmpty();
    assertThat(cut).isFalse();
  }

  @Test
  void numbersStayNumbersWhereJsonbCanHoldThem() {
    keyValue("long", Long.MIN_VALUE);
    keyValue("double", 1e-7);
    keyValue("decimal", new BigDecimal("12.340"));
    keyValue("huge", new BigDecimal("1E+200000"));
    keyValue("nan", Double.NaN);
    assertThat(json(null))
        .isEqualTo(
            "{\"long\":-9223372036854775808,\"double\":1.0E-7,\"decimal\":12.340,"
                + "\"huge\":\"1E+200000\",\"nan\":\"NaN\"}");
  }

  @Test
  void secretsAreHiddenAtEveryDepthAndInEveryWriting() {
    slot.contextMap(Map.of("X-Api-Key", "hush"));
    keyValue("card", Map.of("clientSecret", List.of("hush")));
    keyValue("SECRET", 7);
    assertThat(json(null)).doesNotContain("hush").doesNotContain("7");
  }

  @Test
  void whatFindsNoRoomIsCutAndCounted() {
    keyValue("long", "x".repeat(1000));
    keyValue("late", "no room");
    JsonNode context = JsonMapper.builder().build().readTree(json(null));
    assertThat(context.get("long").asString()).startsWith("xxx").endsWith("… [cut]");
    assertThat(context.has("late")).isFalse();
    assertThat(context.get("howdah.cut").asInt()).isEqualTo(2);
    assertThat(cut).isTrue();
  }

  @Test
  void anObjectWithoutPropertiesIsItsText() {
    keyValue("object", new StringJoiner(",").add("built"));
    keyValue("thread", Thread.State.BLOCKED);
    assertThat(json(null)).contains("\"object\":\"built\"", "\"thread\":\"BLOCKED\"");
  }
}
