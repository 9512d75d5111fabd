package dev.howdah.chaos;

import java.util.Arrays;

/** How long calls took: the last {@value #KEPT} of them. For one thread. */
final class Latencies {

  private static final int KEPT = 1 << 17;

  private final long[] nanos = new long[KEPT];
  private long count;

  void add(long took) {
    nanos[(int) (count++ % KEPT)] = took;
  }

  /** The time that so many of a thousand calls did not exceed, in nanoseconds. */
  long permille(int permille) {
    long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1L) * permille / 1000)];
  }

  @Override
  public String toString() {
    return "%,d ns, 99 %% below %,d ns, 99.9 %% below %,d ns"
        .formatted(permille(500), permille(990), permille(999));
  }
}
