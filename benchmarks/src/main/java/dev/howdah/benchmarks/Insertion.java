package dev.howdah.benchmarks;

/** A way to bring single events into a table, whose latency is measured. */
interface Insertion extends AutoCloseable {

  /** {@return its name in the report} */
  String name();

  /** {@return the table that has the rows} */
  default String table() {
    return "monitoring.log_events";
  }

  /** Brings an event of level WARN there, which is looked for. */
  void warn(String message);

  /** Brings one of level INFO there, which is load. */
  void info();

  @Override
  void close();
}
