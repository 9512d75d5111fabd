package dev.howdah.chaos;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the parts of a scenario side by side: most of their time is waiting. */
final class Lanes {

  private static final int THREADS = 12;

  private Lanes() {}

  /**
   * Runs the parts, each with a Howdah of its own.
   *
   * @return what all of them found
   * @throws Exception what the first part threw that did not work
   */
  static Outcome run(List<Callable<Outcome>> parts) throws Exception {
    Outcome sum = new Outcome(0, Tally.NOTHING, List.of());
    // One name for all: it is in every row, and rows of equal events should be equally long.
    ExecutorService pool = Executors.newFixedThreadPool(THREADS, part -> new Thread(part, "lane"));
    try {
      for (Future<Outcome> part : pool.invokeAll(parts)) {
        sum = sum.plus(part.get());
      }
    } finally {
      pool.shutdownNow();
    }
    return sum;
  }
}
