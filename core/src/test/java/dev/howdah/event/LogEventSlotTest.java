package dev.howdah.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogEventSlotTest {

  private final LogEventSlot slot = new LogEventSlot(64);

  @Test
  void aSnapshotIsTheSameEventAsOneThatWasCopiedPartByPart() {
    slot.whole(snapshot("order 4711 of ann", "order {} of {}", "tenant", "acme"));
    slot.unpack();

    assertThat(slot.level()).isEqualTo(Level.WARN);
    assertThat(slot.loggedAtMicros()).isEqualTo(42);
    assertThat(slot.logger()).isEqualTo("shop.Checkout");
    assertThat(slot.thread()).isEqualTo("main");
    assertThat(slot.message()).hasToString("order 4711 of ann");
    assertThat(slot.template()).isEqualTo("order {} of {}");
    assertThat(slot.contextMap()).isEqualTo(Map.of("user", "ann"));
    assertThat(slot.keyValueCount()).isEqualTo(1);
    assertThat(slot.key(0)).isEqualTo("tenant");
    assertThat(slot.value(0)).isEqualTo("acme");
    assertThat(slot.markers()).containsExactly("AUDIT");
  }

  @Test
  void aClearedSlotShowsNothingOfTheLastEvent() {
    slot.whole(snapshot("order 1", "order {}", "tenant", "acme"));
    slot.unpack();
    slot.clear();
    slot.unpack();

    assertThat(slot.message()).isNull();
    assertThat(slot.template()).isNull();
    assertThat(slot.contextMap()).isNull();
    assertThat(slot.keyValueCount()).isZero();
    assertThat(slot.markers()).isEmpty();
    assertThat(slot.logger()).isEmpty();
  }

  @Test
  void aSnapshotsEntriesAreNeverWrittenTo() {
    Object[] entries = {"tenant", "acme"};
    slot.whole(snapshot("text", null, entries));
    slot.unpack();
    slot.keyValue("more", 1);
    slot.clear();

    assertThat(entries).containsExactly("tenant", "acme");
  }

  @Test
  void argumentsAreFormattedIntoTheSlotsOwnRoom() {
    for (int order = 1; order <= 2; order++) {
      slot.formatMessage("order {} of {}", new Object[] {order, "ann", "no argument"}, 2);
      assertThat(slot.message()).hasToString("order " + order + " of ann");
      assertThat(slot.template()).isEqualTo("order {} of {}");
      slot.clear();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 32, 33, 200})
  void howeverManyKeyValuesAnEventHasTheyAreThereAndGoneAfterwards(int pairs) {
    for (int event = 0; event < 2; event++) {
      for (int i = 0; i < pairs; i++) {
        slot.keyValue("key" + i, event + i);
      }
      assertThat(slot.keyValueCount()).isEqualTo(pairs);
      assertThat(slot.key(pairs - 1)).isEqualTo("key" + (pairs - 1));
      assertThat(slot.value(pairs - 1)).isEqualTo(event + pairs - 1);
      slot.clear();
      assertThat(slot.keyValueCount()).isZero();
    }
  }

  private static EventSnapshot snapshot(String message, String template, Object... entries) {
    return new EventSnapshot(
        Level.WARN,
        42,
        "shop.Checkout",
        "main",
        message,
        template,
        Map.of("user", "ann"),
        entries,
        List.of("AUDIT"),
        null,
        null);
  }
}
