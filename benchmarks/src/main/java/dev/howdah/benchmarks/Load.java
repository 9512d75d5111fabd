package dev.howdah.benchmarks;

/** How fast the calls of {@link CallerBenchmark} follow each other. */
public enum Load {
  /** Bursts that fit into every ring, each after the last one is dealt with. */
  BURSTS("bursts"),

  /** Without a pause: a full ring makes the threads wait. */
  SUSTAINED("sustained");

  private final String label;

  Load(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Whether a round measures it: bursts differ most between JVMs, and have the target. */
  boolean isIn(int round) {
    return this == BURSTS || round % 3 == 0;
  }
}
