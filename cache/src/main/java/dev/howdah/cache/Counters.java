package dev.howdah.cache;

import java.util.concurrent.atomic.LongAdder;

/** The counts behind {@link CacheStats}. */
final class Counters {

  final LongAdder hits = new LongAdder();
  final LongAdder nearHits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder deletes = new LongAdder();
  final LongAdder computations = new LongAdder();
  final LongAdder staleHits = new LongAdder();
  final LongAdder unanswered = new LongAdder();
  final LongAdder expired = new LongAdder();
  final LongAdder evicted = new LongAdder();

  /** One entry was looked for. */
  void read(boolean found) {
    (found ? hits : misses).increment();
  }

  CacheStats snapshot() {
    return new CacheStats(
        hits.sum(),
        nearHits.sum(),
        misses.sum(),
        puts.sum(),
        deletes.sum(),
        computations.sum(),
        staleHits.sum(),
        unanswered.sum(),
        expired.sum(),
        evicted.sum());
  }
}
