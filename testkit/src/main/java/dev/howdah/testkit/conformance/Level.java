package dev.howdah.testkit.conformance;

/** Severity of a logging call, in rising order; named as the labels of the SQL type log_level. */
public enum Level {
  /** Finer than debugging. */
  TRACE,
  /** For the developer. */
  DEBUG,
  /** The normal course of things. */
  INFO,
  /** Unexpected, and handled. */
  WARN,
  /** Something failed. */
  ERROR,
  /** The application cannot go on; see {@link Difference#NO_FATAL}. */
  FATAL
}
