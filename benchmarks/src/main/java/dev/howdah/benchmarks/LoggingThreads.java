package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Threads that log through Howdah as fast as it takes the events: templates with arguments, trace
 * id and user in the MDC as a request's, a duration as key-value.
 */
final class LoggingThreads implements Contender {

  private static final int EVENTS_A_REQUEST = 10;

  /** What logging needs, looked up beforehand as an application's static fields are. */
  @SuppressWarnings("ArrayRecordComponent") // SLF4J takes an array.
  private record Call(Logger logger, Level level, String template, Object[] arguments) {
    static Call of(LogEvent event, HowdahLogback howdah) {
      return new Call(
          howdah.logger(event.logger()),
          event.level(),
          event.template(),
          event.arguments().toArray());
    }
  }

  private final String name;
  private final HowdahLogback howdah;
  private final List<Call> calls;
  private final List<String> traceIds;
  private final int events;
  private final int threads;

  LoggingThreads(String name, HowdahLogback howdah, LogLines lines, int events, int threads) {
    this.name = name;
    this.howdah = howdah;
    this.calls = lines.events().stream().map(event -> Call.of(event, howdah)).toList();
    this.traceIds = lines.events().stream().map(event -> traceId()).toList();
    this.events = events;
    this.threads = threads;
  }

  private static String traceId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write() throws Exception {
    long before = howdah.stats().written();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int first = i;
        parts.add(() -> log(first, events));
      }
      for (Future<Void> part : pool.invokeAll(parts)) {
        part.get();
      }
    } finally {
      pool.shutdown();
    }
    howdah.awaitWritten(before + events);
  }

  /** Every {@code threads}th event from the first one, up to an end. */
  Void log(int first, int end) {
    for (int i = first; i < end; i += threads) {
      if ((i / threads) % EVENTS_A_REQUEST == 0) {
        MDC.put("trace_id", traceIds.get(i % traceIds.size()));
        MDC.put("user_id", "user-" + i % 1000);
      }
      Call call = calls.get(i % calls.size());
      call.logger()
          .atLevel(call.level())
          .addKeyValue("duration_ms", i % 500)
          .log(call.template(), call.arguments());
    }
    MDC.clear();
    return null;
  }
}
