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
   * @param quick whether to end within two minutes, at the price of a wider spread
   * @return what was measured
   * @throws Exception when something did not work, or a row is missing
   */
  Report run(boolean quick) throws Exception;
}
