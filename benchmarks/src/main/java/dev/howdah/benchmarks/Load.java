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

  /** Whether a round measures it: bursts, on which the target is, differ most between JVMs. */
  boolean isIn(int round) {
    return this == BURSTS || round % 2 == 0;
  }
}
