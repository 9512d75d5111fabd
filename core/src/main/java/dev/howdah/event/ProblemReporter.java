package dev.howdah.event;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells people of trouble without flooding them: the same message again only after {@value
 * #QUIET_SECONDS} s. Thread-safe; never throws.
 */
public final class ProblemReporter {

  private static final int QUIET_SECONDS = 30;
  private static final int MAX_REMEMBERED = 100;

  private final BiConsumer<String, @Nullable Throwable> sink;
  private final Map<String, Long> lastTold = new HashMap<>();

  /**
   * @param sink where messages go: the framework's own status, never a logger
   */
  public ProblemReporter(BiConsumer<String, @Nullable Throwable> sink) {
    this.sink = sink;
  }

  /**
   * Reports a problem.
   *
   * @param message what happened, and what would be right
   * @param cause the exception behind it, or null
   */
  public void report(String message, @Nullable Throwable cause) {
    if (isNew(message)) {
      try {
        sink.accept(message, cause);
      } catch (RuntimeException e) {
        // A listener that fails must not end the thread that reports.
      }
    }
  }

  private synchronized boolean isNew(String message) {
    long now = System.nanoTime();
    Long last = lastTold.get(message);
    if (last != null && now - last < TimeUnit.SECONDS.toNanos(QUIET_SECONDS)) {
      return false;
    }
    if (lastTold.size() >= MAX_REMEMBERED) {
      lastTold.clear();
    }
    lastTold.put(message, now);
    return true;
  }
}
