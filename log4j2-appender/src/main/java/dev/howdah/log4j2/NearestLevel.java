package dev.howdah.log4j2;

import dev.howdah.event.Level;

/** Finds the level of ours for one of Log4j2's, custom ones included. */
final class NearestLevel {

  /** From the most severe, as Log4j2 numbers them: 100 is FATAL, 600 is TRACE. */
  private static final Level[] BY_HUNDREDS = {
    Level.FATAL, Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE
  };

  private NearestLevel() {}

  /** The nearest one; of two equally near ones the more severe. */
  static Level of(org.apache.logging.log4j.Level level) {
    int clamped = Math.max(100, Math.min(level.intLevel(), 600));
    return BY_HUNDREDS[(clamped + 49) / 100 - 1];
  }

  /** Whether a level has a name of its own, which ours does not tell. */
  static boolean isCustom(org.apache.logging.log4j.Level level, Level ours) {
    return !level.name().equals(ours.name());
  }
}
