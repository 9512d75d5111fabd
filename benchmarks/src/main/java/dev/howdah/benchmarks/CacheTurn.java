package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One operation of one cache, by some threads for some time.
 *
 * @param cache the cache
 * @param operation what is done
 * @param threads how many threads do it
 * @param nanos for how long
 */
record CacheTurn(CachePeer cache, CacheOperation operation, int threads, long nanos) {

  /**
   * What was measured.
   *
   * @param sorted each operation's time in nanoseconds, shortest first
   * @param nanos how long all of them took
   * @param clientCpu seconds of processor time of this JVM meanwhile
   * @param serverCpu the same of the server; NaN where nobody knows
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Seen(long[] sorted, long nanos, double clientCpu, double serverCpu) {

    double micros(double quantile) {
      return sorted[(int) (quantile * (sorted.length - 1))] / 1_000.0;
    }

    double operationsPerSecond() {
      return sorted.length * 1e9 / nanos;
    }

    double clientCpuMicros() {
      return clientCpu * 1e6 / sorted.length;
    }

    double serverCpuMicros() {
      return serverCpu * 1e6 / sorted.length;
    }
  }

  Seen run() throws Exception {
    operation.prepare(cache);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger calls = new AtomicInteger();
      CyclicBarrier start = new CyclicBarrier(threads);
      Callable<long[]> work =
          () -> {
            start.await();
            return times(calls);
          };
      double serverBefore = cache.serverCpuSeconds();
      double clientBefore = Machine.cpuNanos() / 1e9;
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(work));
      }
      List<long[]> all = new ArrayList<>();
      for (Future<long[]> thread : running) {
        all.add(thread.get());
      }
      double clientCpu = Machine.cpuNanos() / 1e9 - clientBefore;
      double serverCpu = cache.serverCpuSeconds() - serverBefore;
      long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Seen(sorted, nanos, clientCpu, serverCpu);
    } finally {
      pool.shutdownNow();
    }
  }

  private long[] times(AtomicInteger calls) {
    long[] times = new long[1 << 12];
    int count = 0;
    long end = System.nanoTime() + nanos;
    for (long before = System.nanoTime(); before < end; ) {
      operation.runOn(cache, calls.incrementAndGet());
      long after = System.nanoTime();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = after - before;
      before = after;
    }
    return Arrays.copyOf(times, count);
  }
}
