package dev.howdah.postgres;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * What a thread is asked to do over and over, and up to which request it has done it, for those who
 * wait for it at a stop. Thread-safe; one thread answers.
 */
public final class Requests {

  private static final long POLL_MILLIS = 10;

  private final AtomicInteger asked = new AtomicInteger();
  private volatile int answered;

  /** Asks once more. */
  public void ask() {
    asked.incrementAndGet();
  }

  /** {@return the number of requests so far; to be looked at before the work} */
  public int count() {
    return asked.get();
  }

  /**
   * Says that the work is done.
   *
   * @param count of requests, from before the work
   */
  public void answer(int count) {
    answered = count;
  }

  /**
   * Waits until all requests are answered.
   *
   * @param deadlineNanos until when, as {@link System#nanoTime} counts
   * @param worthwhile whether an answer can still come
   * @throws InterruptedException when interrupted
   */
  public void await(long deadlineNanos, BooleanSupplier worthwhile) throws InterruptedException {
    while (answered != asked.get()
        && worthwhile.getAsBoolean()
        && deadlineNanos - System.nanoTime() > 0) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
