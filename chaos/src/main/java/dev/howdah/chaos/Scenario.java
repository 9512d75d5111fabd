package dev.howdah.chaos;

/** One kind of mischief, done again and again to a Howdah that runs. */
interface Scenario {

  /** {@return the name on the command line} */
  String name();

  /** {@return one line that says what is done} */
  String summary();

  /**
   * Does it, and counts.
   *
   * @param run how much, and with which random numbers
   * @return what was found
   * @throws Exception when the scenario itself did not work: that is a failure too
   */
  Outcome run(Run run) throws Exception;
}
