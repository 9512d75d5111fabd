package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One thread that logs lines with a trace id and a user in the MDC, and with a stack trace of
 * {@link CorpusError} where it is their turn.
 */
final class LinesWithErrors {

  private static final int EVENTS_A_REQUEST = 10;

  private final HowdahLogback howdah;
  private final List<LogEvent> lines;
  private final List<CorpusError> errors;

  LinesWithErrors(HowdahLogback howdah, LogLines lines) throws IOException {
    this.howdah = howdah;
    this.lines = lines.events();
    this.errors = CorpusError.all();
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
      log(lines.get(i % lines.size()), i, failed ? errors.get(i / everyNth % errors.size()) : null);
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
}
