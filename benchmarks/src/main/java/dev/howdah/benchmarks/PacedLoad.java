package dev.howdah.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread of an application that logs at a steady rate, as far as it is let. Ends with {@link
 * #close}.
 */
final class PacedLoad implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Runnable event;
  private final int perSecond;
  private final long start = System.nanoTime();
  private final Thread thread = new Thread(this::run, "load");
  private volatile long logged;
  private volatile boolean stopped;

  /**
   * Starts.
   *
   * @param event logs one event
   * @param perSecond how many are wanted; 0: none
   */
  PacedLoad(Runnable event, int perSecond) {
    this.event = event;
    this.perSecond = perSecond;
    thread.start();
  }

  private void run() {
    long count = 0;
    while (!stopped) {
      long due = (long) (seconds() * perSecond);
      for (; count < due && !stopped; count++) {
        event.run();
      }
      logged = count;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Events a second since the start. */
  double rate() {
    return logged / seconds();
  }

  @Override
  public void close() {
    stopped = true;
    while (thread.isAlive()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
