package dev.howdah.chaos;

import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.ThrowableInfo;
import dev.howdah.pipeline.EventPipeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Logs events whose messages begin with a number, so that SQL sees which are missing and which are
 * there twice. Thread-safe.
 */
final class NumberedEvents {

  /** How the names of their loggers begin. */
  static final String LOGGERS = "chaos.";

  /** Of one width, so that equal texts make batches of equal size. */
  private static final String NUMBER = "%09d";

  private static final int MAX_STACK_TRACE = 10_000;

  private final EventPipeline pipeline;
  private final AtomicLong offered = new AtomicLong();

  NumberedEvents(EventPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** How many were logged, those included that the pipeline dropped. */
  long offered() {
    return offered.get();
  }

  /** Logs one without a throwable. */
  void log(String logger, String text) {
    log(logger, text, null);
  }

  /**
   * Logs one.
   *
   * @param logger the end of its logger's name; a new one brings a new entry of the dictionary
   * @param text what follows the number and a blank
   * @param throwable a new text of its brings a new entry too; null for none
   */
  void log(String logger, String text, @Nullable Throwable throwable) {
    log(Level.INFO, logger, text, throwable);
  }

  /** Logs an error, which the throwable gives its group. */
  void error(String logger, String text, Throwable throwable) {
    log(Level.ERROR, logger, text, throwable);
  }

  private void log(Level level, String logger, String text, @Nullable Throwable throwable) {
    String message = NUMBER.formatted(offered.getAndIncrement()) + " " + text;
    long sequence = pipeline.claim(level, 2L * message.length());
    if (sequence == EventPipeline.REFUSED) {
      return;
    }
    try {
      LogEventSlot slot = pipeline.slot(sequence);
      slot.head(
          level,
          ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
          LOGGERS + logger,
          Thread.currentThread().getName());
      slot.message(message, null);
      if (throwable != null) {
        slot.throwable(ThrowableInfo.of(throwable, MAX_STACK_TRACE));
      }
      slot.filled();
    } finally {
      pipeline.publish(sequence);
    }
  }
}
