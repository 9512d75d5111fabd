package dev.howdah.chaos;

import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.PipelineListener;
import dev.howdah.pipeline.EventPipeline;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that logs numbered events from a few threads until it is killed. On its standard
 * output it says after each burst what it has logged by then: the thread, how many events, and when
 * the burst began, in ms since 1970.
 */
final class Victim {

  private static final int BURST = 10;
  private static final long PAUSE_NANOS = 1_000_000;

  private Victim() {}

  /**
   * Starts.
   *
   * @param args number of threads; then names and values of settings
   */
  public static void main(String[] args) {
    HowdahConfig.Builder config = HowdahConfig.builder();
    for (int i = 1; i < args.length; i += 2) {
      config.set(args[i], args[i + 1]);
    }
    EventPipeline pipeline = Howdah.start(config.build(), new PipelineListener() {}).pipeline();
    for (int t = 0; t < Integer.parseInt(args[0]); t++) {
      int number = t;
      new Thread(() -> log(pipeline, number), "victim-" + number).start();
    }
  }

  private static void log(EventPipeline pipeline, int thread) {
    for (long logged = 0; ; ) {
      long start = System.currentTimeMillis();
      for (int i = 0; i < BURST; i++) {
        log(pipeline, logged + " of a victim");
        logged++;
      }
      System.out.println(thread + " " + logged + " " + start);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static void log(EventPipeline pipeline, String message) {
    long sequence = pipeline.claim(Level.INFO, 100);
    if (sequence == EventPipeline.REFUSED) {
      throw new IllegalStateException("refused: " + pipeline.stats());
    }
    try {
      LogEventSlot slot = pipeline.slot(sequence);
      slot.head(
          Level.INFO,
          System.currentTimeMillis() * 1000,
          NumberedEvents.LOGGERS + "Victim",
          Thread.currentThread().getName());
      slot.message(message, null);
      slot.filled();
    } finally {
      pipeline.publish(sequence);
    }
  }
}
