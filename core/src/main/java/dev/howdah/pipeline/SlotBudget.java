package dev.howdah.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that events in the ring keep alive. Half of them is divided into a fixed share
 * for each slot; only an event larger than that reserves the excess, out of a quarter, so that
 * normal events touch no shared counter. The last quarter is the room for texts that slots keep
 * between their events. Thread-safe, lock-free.
 */
final class SlotBudget {

  /** No more than Log4j2 keeps in its reusable messages, {@code log4j.maxReusableMsgSize}. */
  private static final int MAX_KEPT_CHARS = 518;

  private final long share;
  private final long maxExcess;
  private final int keptChars;
  private final AtomicLong reserved = new AtomicLong();

  SlotBudget(long maxBytes, int slots) {
    this.share = maxBytes / 2 / slots;
    this.maxExcess = maxBytes / 4;
    this.keptChars = (int) Math.min(MAX_KEPT_CHARS, maxBytes / 4 / slots / 2);
  }

  /** The longest text whose room a slot keeps, in characters of two bytes. */
  int keptChars() {
    return keptChars;
  }

  /** How many bytes beyond a slot's share an event of this size needs. */
  long excess(long bytes) {
    return Math.max(0, Math.min(bytes - share, maxExcess));
  }

  /** Whether a fifth is still free: what is left then is kept for events that matter more. */
  boolean isRoomy() {
    return reserved.get() <= maxExcess - maxExcess / 5;
  }

  boolean tryReserve(long excess) {
    if (excess == 0) {
      return true;
    }
    if (reserved.addAndGet(excess) <= maxExcess) {
      return true;
    }
    reserved.addAndGet(-excess);
    return false;
  }

  void release(long excess) {
    if (excess > 0) {
      reserved.addAndGet(-excess);
    }
  }
}
