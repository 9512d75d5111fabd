package dev.howdah.benchmarks;

/** A way to bring the events of a round into the table. */
interface Contender {

  /** {@return its name in the table} */
  String name();

  /**
   * What is done before the clock starts.
   *
   * @throws Exception when that fails
   */
  default void prepare() throws Exception {}

  /**
   * Brings them there; returns when all are committed.
   *
   * @throws Exception when that fails
   */
  void write() throws Exception;
}
