package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that log through Howdah as fast as it takes the events. */
final class LoggingThreads implements Contender {

  private final String name;
  private final HowdahLogback howdah;
  private final Traffic traffic;
  private final int events;
  private final int threads;

  LoggingThreads(String name, HowdahLogback howdah, LogLines lines, int events, int threads) {
    this.name = name;
    this.howdah = howdah;
    this.traffic = new Traffic(new LogbackFramework(howdah::logger), lines);
    this.events = events;
    this.threads = threads;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public void write() throws Exception {
    long before = howdah.stats().written();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int first = i;
        parts.add(
            () -> {
              traffic.log(first, threads, events);
              return null;
            });
      }
      for (Future<Void> part : pool.invokeAll(parts)) {
        part.get();
      }
    } finally {
      pool.shutdown();
    }
    howdah.awaitWritten(before + events);
  }
}
