package dev.howdah.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that events in the ring keep alive. Each slot has a fixed share; only an event
 * larger than that reserves the excess here, so that normal events touch no shared counter.
 * Thread-safe, lock-free.
 */
final class SlotBudget {

  private final long share;
  private final long maxExcess;
  private final AtomicLong reserved = new AtomicLong();

  SlotBudget(long maxBytes, int slots) {
    this.share = maxBytes / 2 / slots;
    this.maxExcess = maxBytes / 2;
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
