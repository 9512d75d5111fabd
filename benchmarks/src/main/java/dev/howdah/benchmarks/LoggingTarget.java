package dev.howdah.benchmarks;

import org.slf4j.Logger;

/** A logger, and what lies behind it. */
interface LoggingTarget extends AutoCloseable {

  /** {@return the logger whose calls are measured} */
  Logger logger();

  /** {@return events that were logged and are not yet dealt with} */
  long pending();

  /** {@return events lost so far} */
  long dropped();

  @Override
  void close();
}
