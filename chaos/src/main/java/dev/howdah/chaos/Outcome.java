package dev.howdah.chaos;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a scenario found.
 *
 * @param rounds how often the mischief was done
 * @param tally what became of the events
 * @param violations what should not have been, in words; empty when all is well
 */
record Outcome(int rounds, Tally tally, List<String> violations) {

  Outcome {
    violations = List.copyOf(violations);
  }

  /** Of a scenario that needs nothing but the tally to be judged. */
  static Outcome of(int rounds, Tally tally) {
    return new Outcome(rounds, tally, tally.violations());
  }

  /** The same, and one more that should not have been. */
  Outcome with(String violation) {
    return plus(new Outcome(0, Tally.NOTHING, List.of(violation)));
  }

  /** Of both together. */
  Outcome plus(Outcome other) {
    return new Outcome(
        rounds + other.rounds,
        tally.plus(other.tally),
        Stream.concat(violations.stream(), other.violations.stream()).toList());
  }
}
