package dev.howdah.logback;

import dev.howdah.event.ContextValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What MDCs weigh. A thread's events mostly have the same one as the event before, and Logback then
 * gives the same read-only map: its weight is remembered, not added up again. Thread-safe without a
 * lock: threads that share a place at worst add up again.
 */
final class ContextWeights {

  /** The ids of a pool's threads follow each other, so that each has a place of its own. */
  private static final int PLACES = 256;

  /** What weighs more is not kept alive beyond its events, and added up each time. */
  private static final long MAX_KEPT_BYTES = 4096;

  private record Weighed(Map<String, String> context, long bytes) {}

  private final @Nullable Weighed[] last = new Weighed[PLACES];

  /** Bytes that a read-only map keeps alive, about. */
  long of(Map<String, String> context) {
    int place = (int) Thread.currentThread().getId() & (PLACES - 1);
    Weighed known = last[place];
    if (known != null && known.context == context) {
      return known.bytes;
    }
    long bytes = ContextValue.mapBytes(context);
    if (bytes <= MAX_KEPT_BYTES) {
      last[place] = new Weighed(context, bytes);
    }
    return bytes;
  }
}
