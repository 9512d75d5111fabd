package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One thread that logs lines with a trace id and a user in the MDC, and with a stack trace where it
 * is their turn: one of 20 bugs, by which path the application came to it, 40 frames deep.
 */
final class LinesWithErrors {

  private static final int EVENTS_A_REQUEST = 10;
  private static final int FRAMES = 40;
  private static final int BUGS = 20;

  private final HowdahLogback howdah;
  private final List<LogEvent> lines;

  LinesWithErrors(HowdahLogback howdah, LogLines lines) {
    this.howdah = howdah;
    this.lines = lines.events();
  }

  /**
   * Logs, and waits until all is written.
   *
   * @param events how many
   * @param everyNth carries a stack trace; 0: none does
   */
  void write(int events, int everyNth) {
    long before = howdah.stats().written();
    for (int i = 0; i < events; i++) {
      if (i % EVENTS_A_REQUEST == 0) {
        MDC.put("trace_id", UUID.randomUUID().toString().replace("-", ""));
        MDC.put("user_id", "user-" + i % 1000);
      }
      boolean failed = everyNth > 0 && i % everyNth == 0;
      log(lines.get(i % lines.size()), i, failed ? bug(i / everyNth % BUGS, FRAMES) : null);
    }
    MDC.clear();
    howdah.awaitWritten(before + events);
  }

  private void log(LogEvent line, int i, @Nullable Throwable thrown) {
    Logger logger = howdah.logger(line.logger());
    LoggingEventBuilder event =
        logger
            .atLevel(thrown == null ? line.level() : Level.ERROR)
            .addKeyValue("duration_ms", i % 500);
    (thrown == null ? event : event.setCause(thrown))
        .log(line.template(), line.arguments().toArray());
  }

  /** Bits of the number say which method is called at each of the first frames. */
  private static Throwable bug(int number, int depth) {
    if (depth == 0) {
      return new IllegalStateException("no answer from the bank");
    }
    return (number & 1) == 0 ? left(number >> 1, depth) : right(number >> 1, depth);
  }

  private static Throwable left(int number, int depth) {
    return bug(number, depth - 1);
  }

  private static Throwable right(int number, int depth) {
    return bug(number, depth - 1);
  }
}
