package dev.howdah.event;

/**
 * Severity of an event, in rising order. The names are the labels of the SQL type {@code
 * log_level}.
 */
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
  /** The application cannot go on. Log4j2 only; Logback has no such level. */
  FATAL;

  /**
   * Tells whether this level is as severe as another, or more.
   *
   * @param other the level to compare with
   * @return true when this one is not below it
   */
  public boolean isAtLeast(Level other) {
    return ordinal() >= other.ordinal();
  }
}
