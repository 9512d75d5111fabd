package dev.howdah.event;

import org.jspecify.annotations.Nullable;

/**
 * Hears what Howdah does: the seam for status messages, metrics and alarms.
 *
 * <p>Called on Howdah's own threads, and {@link #problem} also on an application's thread. A
 * listener must return soon, since rows wait meanwhile, and must not log. What it throws is
 * ignored.
 */
public interface PipelineListener {

  /**
   * Something went wrong, or is right again. The same message is told at most every 30 s.
   *
   * @param message what happened and what would be right
   * @param cause the exception behind it, or null
   */
  default void problem(String message, @Nullable Throwable cause) {}

  /**
   * A batch is committed.
   *
   * @param rows rows in it
   * @param bytes its size
   * @param nanos from the first attempt to the commit, in nanoseconds
   */
  default void batchWritten(int rows, int bytes, long nanos) {}

  /**
   * Events were lost; told once the pressure has ended, as the row in the log is. Rows that
   * PostgreSQL refused are told of one by one.
   *
   * @param cause why
   * @param level of the events
   * @param count how many since the last time
   */
  default void lost(LossCause cause, Level level, long count) {}
}
