package dev.howdah.benchmarks;

/** A way to bring the events of a round into a table. */
interface Contender {

  /** {@return its name in the report} */
  String name();

  /** {@return how many events it brings there while the clock runs; fewer for a slow one} */
  int events();

  /** {@return how many rows are in its table after a turn, all with different keys} */
  default int rows() {
    return events();
  }

  /** {@return the table, which is emptied before each turn} */
  default String table() {
    return "monitoring.log_events";
  }

  /** {@return the column of the table that no two rows have alike} */
  default String key() {
    return "seq";
  }

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
