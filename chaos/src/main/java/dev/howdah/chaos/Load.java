package dev.howdah.chaos;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Threads that log without an end, some ten thousand events a second each: enough to keep the
 * writer busy, and few enough to be counted afterwards. Ends with {@link #stop()}.
 */
final class Load {

  private static final int BURST = 10;
  private static final long PAUSE_NANOS = 1_000_000;

  private final NumberedEvents events;
  private final List<Thread> threads;
  private volatile boolean stopped;

  private Load(NumberedEvents events, int threads) {
    this.events = events;
    this.threads =
        IntStream.range(0, threads).mapToObj(i -> new Thread(this::log, "load-" + i)).toList();
  }

  /** Starts the threads. */
  static Load start(NumberedEvents events, int threads) {
    Load load = new Load(events, threads);
    load.threads.forEach(Thread::start);
    return load;
  }

  private void log() {
    while (!stopped) {
      for (int i = 0; i < BURST; i++) {
        events.log("Load", "event of " + Thread.currentThread().getName());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Waits until the threads have logged their last. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
