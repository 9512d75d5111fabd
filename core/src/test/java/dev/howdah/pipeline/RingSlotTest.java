package dev.howdah.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.howdah.event.EventSnapshot;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RingSlotTest {

  private final RingSlot place = new RingSlot();
  private final LogEventSlot room = new LogEventSlot();

  @Test
  void anEventThatIsOneObjectIsTakenOnceIntoTheRoomGiven() {
    place.claimed(Level.WARN, 7);
    place.whole(event("paid"));

    assertThat(place.take(room)).isSameAs(room);
    assertThat(room.isFilled()).isTrue();
    assertThat(room.level()).isEqualTo(Level.WARN);
    room.unpack();
    assertThat(room.message()).isEqualTo("paid");
    assertThat(place.reservedBytes()).isEqualTo(7);

    room.clear();
    assertThat(place.take(room).isFilled()).isFalse();
  }

  @Test
  void aPlaceThatHeldPartsTakesAnEventThatIsOneObjectAndPartsAgain() {
    LogEventSlot parts = place.parts(64);
    parts.message("part by part", null);
    parts.filled();
    assertThat(place.take(room)).isSameAs(parts);
    parts.clear();

    place.whole(event("one object"));
    assertThat(place.take(room)).isSameAs(room);
    room.clear();

    assertThat(place.parts(64)).isSameAs(parts);
  }

  @Test
  void anEventThatNobodyCompletedIsNotFilledAndItsLevelIsKnown() {
    place.claimed(Level.ERROR, 0);
    assertThat(place.take(room).isFilled()).isFalse();
    assertThat(place.level()).isEqualTo(Level.ERROR);

    place.parts(64).message("half", null);
    assertThat(place.take(room).isFilled()).isFalse();
  }

  @Test
  void aRingOfThemFitsIntoAProcessorsCache() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    RingSlot[] ring = new RingSlot[8192];
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new RingSlot();
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    // Exactly that many where references have four bytes; what a JIT compiler leaves out is less.
    assertThat(bytes).isLessThanOrEqualTo(32L * ring.length);
  }

  private static EventSnapshot event(String message) {
    return new EventSnapshot(
        Level.WARN,
        1,
        "shop.Checkout",
        "main",
        message,
        null,
        Map.of(),
        new Object[0],
        List.of(),
        null,
        null);
  }
}
