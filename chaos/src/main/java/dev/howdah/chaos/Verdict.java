package dev.howdah.chaos;

/**
 * The end of a scenario.
 *
 * @param scenario its name
 * @param outcome what was found
 * @param seconds how long it took
 */
record Verdict(String scenario, Outcome outcome, double seconds) {

  boolean isPassed() {
    return outcome.violations().isEmpty();
  }
}
