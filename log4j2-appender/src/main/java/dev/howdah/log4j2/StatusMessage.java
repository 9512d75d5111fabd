package dev.howdah.log4j2;

import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import dev.howdah.event.PipelineListener;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/**
 * Problems become messages of Log4j2's StatusLogger; the user's listener, if any, hears everything.
 *
 * @param listener the user's, or null
 */
record StatusListener(@Nullable PipelineListener listener) implements PipelineListener {

  private static final Logger STATUS = StatusLogger.getLogger();

  /** Tells of a problem where users look for it: less than an error the StatusLogger hides. */
  static void tell(String message, @Nullable Throwable cause) {
    STATUS.error("{}", message, cause);
  }

  @Override
  public void problem(String message, @Nullable Throwable cause) {
    tell(message, cause);
    if (listener != null) {
      listener.problem(message, cause);
    }
  }

  @Override
  public void batchWritten(int rows, int bytes, long nanos) {
    if (listener != null) {
      listener.batchWritten(rows, bytes, nanos);
    }
  }

  @Override
  public void lost(LossCause cause, Level level, long count) {
    if (listener != null) {
      listener.lost(cause, level, count);
    }
  }
}
