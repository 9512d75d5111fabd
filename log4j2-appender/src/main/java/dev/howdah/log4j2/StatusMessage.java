package dev.howdah.log4j2;

import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/** How Howdah speaks through Log4j2's StatusLogger. */
final class StatusMessage {

  private static final Logger STATUS = StatusLogger.getLogger();

  private StatusMessage() {}

  /** Tells of a problem where users look for it: less than an error the StatusLogger hides. */
  static void tell(String message, @Nullable Throwable cause) {
    STATUS.error("{}", message, cause);
  }
}
