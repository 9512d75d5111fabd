package dev.howdah.benchmarks;

import org.slf4j.Logger;

/** A logger, and what lies behind it. */
interface LoggingTarget extends AutoCloseable {

  /** {@return the logger whose calls are measured} */
  Logger logger();

  /** {@return events that were logged and are not yet dealt with, or 1 for some} */
  default long pending() {
    return 0; // Of one that deals with an event before the call returns.
  }

  /** {@return events lost so far} */
  default long dropped() {
    return 0;
  }

  @Override
  void close();
}
