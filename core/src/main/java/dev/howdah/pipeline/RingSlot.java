package dev.howdah.pipeline;

import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.RingEvent;
import org.jspecify.annotations.Nullable;

/**
 * One place of the ring. It is small, so that a ring of them stays in a processor's cache, and many
 * share one of the cards by which G1 notes what was written: an event that is one object needs no
 * more. For one that comes part by part a {@link LogEventSlot} is made at the place's first use,
 * and kept. Not thread-safe: the ring hands it from one thread to the next.
 */
final class RingSlot {

  private static final Level[] LEVELS = Level.values();

  /** A number, since a reference costs more to write: see {@link RingEvent}. */
  private byte level;

  private long reservedBytes;
  private @Nullable RingEvent whole;
  private @Nullable LogEventSlot parts;

  /**
   * Notes what is known at the claim, so that even an event that is never completed is counted
   * right.
   *
   * @param bytes memory that was reserved for it beyond a place's normal share
   */
  void claimed(Level level, long bytes) {
    this.level = (byte) level.ordinal();
    reservedBytes = bytes;
  }

  /** Sets the event in one go. */
  void whole(RingEvent event) {
    whole = event;
  }

  /** Where to put the event part by part; keeps room for a text of so many characters. */
  LogEventSlot parts(int keptChars) {
    LogEventSlot slot = parts;
    if (slot == null) {
      slot = new LogEventSlot(keptChars);
      parts = slot;
    }
    return slot;
  }

  /**
   * Takes the event out. Of one that nobody completed, what is returned is not filled.
   *
   * @param room where it goes if it is one object
   * @return where it is; to be cleared
   */
  LogEventSlot take(LogEventSlot room) {
    RingEvent event = whole;
    if (event == null) {
      return parts == null ? room : parts;
    }
    whole = null;
    room.whole(event);
    return room;
  }

  Level level() {
    return LEVELS[level];
  }

  long reservedBytes() {
    return reservedBytes;
  }
}
