package dev.howdah.event;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a listener: the same problem is told again only after {@value #QUIET_SECONDS} s,
 * and nothing that the listener throws comes out. Messages that differ only in numbers, such as a
 * count of events, or in what stands in brackets at the end, such as a driver's changing words for
 * one outage, are the same problem. Thread-safe.
 */
public final class ProblemReporter implements PipelineListener {

  private static final int QUIET_SECONDS = 30;
  private static final int MAX_REMEMBERED = 100;
  private static final Pattern DETAIL = Pattern.compile("(?s)[0-9]+| \\(.*\\)$");

  private final PipelineListener listener;
  private final Map<String, Long> lastTold = new HashMap<>();

  /**
   * Stands before a listener.
   *
   * @param listener the user's
   */
  public ProblemReporter(PipelineListener listener) {
    this.listener = listener;
  }

  @Override
  public void problem(String message, @Nullable Throwable cause) {
    if (isNew(message)) {
      guarded(() -> listener.problem(message, cause));
    }
  }

  @Override
  public void batchWritten(int rows, int bytes, long nanos) {
    guarded(() -> listener.batchWritten(rows, bytes, nanos));
  }

  @Override
  public void lost(LossCause cause, Level level, long count) {
    guarded(() -> listener.lost(cause, level, count));
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // A listener that fails must not end the thread that reports.
    }
  }

  private synchronized boolean isNew(String message) {
    String problem = DETAIL.matcher(message).replaceAll("#");
    long now = System.nanoTime();
    Long last = lastTold.get(problem);
    if (last != null && now - last < TimeUnit.SECONDS.toNanos(QUIET_SECONDS)) {
      return false;
    }
    if (lastTold.size() >= MAX_REMEMBERED) {
      lastTold.clear();
    }
    lastTold.put(problem, now);
    return true;
  }
}
