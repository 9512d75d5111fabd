package dev.howdah.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The database is away for minutes while the application logs on: into the journal, and out of it
 * again while new events come. How long a logging call takes before, in and after the outage is
 * printed, and how fast the journal runs empty; what is judged are the events and the heap, which
 * must not grow with the outage.
 */
final class LongOutage implements Scenario {

  private static final int BURST = 20;
  private static final long PAUSE_NANOS = 500_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long MAX_HEAP_GROWTH = 16L << 20;

  private static final Map<String, String> SETTINGS =
      Map.of("maxMemory", "8 MiB", "batchSize", "256 KiB", "journalMaxSize", "8 GiB");

  @Override
  public String name() {
    return "long-outage";
  }

  @Override
  public String summary() {
    return "the database is away for minutes under load: latency, memory, the way back";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    long usual = TimeUnit.SECONDS.toNanos(run.rounds(20, 1));
    long outage = TimeUnit.SECONDS.toNanos(run.rounds(180, 4));
    try (Subject subject = Subject.start(SETTINGS)) {
      Latencies before = new Latencies();
      Latencies during = new Latencies();
      Latencies after = new Latencies();
      log(subject, new Latencies(), usual); // Until the JVM has compiled what is hot.
      log(subject, before, usual);
      HeapHistogram heap = HeapHistogram.now();
      subject.takeDatabaseAway();
      log(subject, during, outage);
      HeapHistogram heapInOutage = HeapHistogram.now();
      long grown = heapInOutage.total() - heap.total();
      long journaled = subject.stats().journaled();
      subject.bringDatabaseBack();
      double drained = drain(subject, after, journaled);
      subject.settle(PATIENCE);
      System.out.printf("  before: %s%n  during: %s%n  after:  %s%n", before, during, after);
      System.out.printf(
          "  in the journal: %,d events, written again at %,.0f events/s%n", journaled, drained);
      System.out.printf(
          "  heap: %,d KiB before, grown by %,d KiB (most: %s)%n",
          heap.total() / 1024, grown / 1024, heapInOutage.mostGrownSince(heap));
      Outcome outcome = Tally.inOrder(1, subject.tally(), subject.database());
      return grown < MAX_HEAP_GROWTH ? outcome : outcome.with("heap grown by " + grown + " bytes");
    }
  }

  private static void log(Subject subject, Latencies latencies, long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      burst(subject, latencies);
    }
  }

  private static void burst(Subject subject, Latencies latencies) {
    for (int i = 0; i < BURST; i++) {
      long start = System.nanoTime();
      subject.events().log("LongOutage", "event of an application that does not care");
      latencies.add(System.nanoTime() - start);
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /** Logs on until the journal is empty; returns how many events a second were written. */
  private static double drain(Subject subject, Latencies latencies, long journaled) {
    if (journaled == 0) {
      throw new IllegalStateException("nothing went to the journal: " + subject.stats());
    }
    while (subject.connections().isEmpty()) {
      burst(subject, latencies); // It pauses for up to retryMax.
    }
    long written = subject.written();
    long start = System.nanoTime();
    while (subject.stats().journaled() > 0) {
      burst(subject, latencies);
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("the journal does not run empty: " + subject.stats());
      }
    }
    return (subject.written() - written) / ((System.nanoTime() - start) / 1e9);
  }
}
