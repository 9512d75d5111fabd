package dev.howdah.benchmarks;

/** One benchmark: Howdah and its peers, measured by turns in one run. */
interface Comparison {

  /** {@return the name on the command line} */
  String name();

  /** {@return one line that says what is measured} */
  String summary();

  /**
   * Measures.
   *
   * @param options what was asked for; what a benchmark has no use for, it ignores
   * @return what was measured
   * @throws Exception when something did not work, or a row is missing
   */
  Report run(Options options) throws Exception;
}
