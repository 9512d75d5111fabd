package dev.howdah.event;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What every appender listens with: problems are told in the logging framework's own way, and the
 * user's listener, if any, hears everything.
 *
 * @param status tells a problem and its cause, if it has one
 * @param listener the user's, or null
 */
public record ToldListener(
    BiConsumer<String, @Nullable Throwable> status, @Nullable PipelineListener listener)
    implements PipelineListener {

  @Override
  public void problem(String message, @Nullable Throwable cause) {
    status.accept(message, cause);
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
