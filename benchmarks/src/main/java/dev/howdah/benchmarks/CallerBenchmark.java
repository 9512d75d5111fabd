package dev.howdah.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * The cost of one logging call with two arguments and four values beside them.
 *
 * <p>Nobody logs millions of events a second for long, and a full ring would measure its overload
 * policy. So in {@link Load#BURSTS} the calls of all threads together fill half a ring, and the
 * next begin when all are dealt with, at the same pace for every peer: a server on the same machine
 * would take the processor from the callers. The waits are not measured. {@link Load#SUSTAINED} is
 * the other case, in which the time of a call is what the consumer needs for an event.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // JMH fills the fields.
public class CallerBenchmark {

  /** The default of Howdah's setting {@code ringSize}. */
  static final int RING_SIZE = 8192;

  /** Calls of all threads between two pauses. */
  static final int BURST = RING_SIZE / 2;

  /** One call of so many is timed by itself: a look at the clock takes a tenth of a call. */
  private static final int TIMED = 16;

  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /**
   * From the beginning of a burst to that of the next, at least: about what Howdah and a database
   * on the same two cores need for one. Whoever called without pauses would find its code and data
   * in the processor's caches, and whoever waits would not.
   */
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Whose calls are measured. */
  @Param public Peer peer;

  /** How fast they follow each other. */
  @Param public Load load;

  /** Calls before anything is measured: the same number for peers that need more time for it. */
  @Param("200000")
  public int warmUp;

  private final AtomicInteger callers = new AtomicInteger();
  private final AtomicInteger pauses = new AtomicInteger();
  private final ReentrantLock looking = new ReentrantLock();
  private long begunAtNanos = System.nanoTime();
  private int burst;
  private PaymentLog log;

  /** What JMH sums up over the threads beside the time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counts {
    /** Logging calls. */
    public long calls;

    /** Time that passed for them, in nanoseconds. */
    public long nanos;

    /** CPU time that the calling thread needed for them, in nanoseconds. */
    public long cpu;

    /** Bytes that the calling thread allocated for them. */
    public long bytes;

    /** Events that were lost. */
    public long dropped;
  }

  /** A thread of the application that handles a request. */
  @State(Scope.Thread)
  public static class Request {

    private SampleBuffer times = new SampleBuffer();

    /**
     * Sets what the request's events have in common.
     *
     * @param benchmark where they go
     */
    @Setup(Level.Trial)
    public void start(CallerBenchmark benchmark) {
      benchmark.log.startRequest();
    }

    /**
     * Waits until the threads' last bursts are dealt with.
     *
     * @param benchmark where they go
     */
    @Setup(Level.Invocation)
    public void awaitTurn(CallerBenchmark benchmark) {
      benchmark.awaitTurn();
    }

    /** Hands over how long single calls took. */
    @TearDown(Level.Iteration)
    public void handOver() {
      CallTimes.add(times);
      times = new SampleBuffer();
    }
  }

  /**
   * Starts what is measured, and makes it warm.
   *
   * @param params how many threads there will be
   */
  @Setup(Level.Trial)
  public void open(BenchmarkParams params) {
    log = peer.open(load);
    log.startRequest();
    burst = BURST;
    for (int calls = 0; calls < warmUp; calls += burst) {
      awaitTurn();
      burst(new SampleBuffer());
    }
    burst = BURST / params.getThreads();
  }

  /**
   * Ends what was measured.
   *
   * @throws IllegalStateException when events were lost
   */
  @TearDown(Level.Trial)
  public void close() {
    log.close();
    if (log.dropped() > 0) {
      throw new IllegalStateException(peer.label() + " lost " + log.dropped() + " events");
    }
  }

  private void awaitTurn() {
    if (load == Load.BURSTS) {
      awaitPause();
    }
  }

  /**
   * Waits for a moment at which no thread is in a burst and none of their events is left, after
   * which all begin their next ones together. No thread waits for a certain other one: that may
   * have come to its end.
   */
  private void awaitPause() {
    int before = pauses.get();
    while (pauses.get() == before) {
      if (!endsPause(before)) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  /** One thread looks at a time: Howdah's counters cost more to read than a queue's length. */
  private boolean endsPause(int pause) {
    if (!looking.tryLock()) {
      return false;
    }
    try {
      boolean ends =
          pauses.get() == pause
              && callers.get() == 0
              && System.nanoTime() - begunAtNanos >= PERIOD_NANOS
              && !log.isBusy();
      if (ends) {
        begunAtNanos = System.nanoTime();
        pauses.incrementAndGet();
      }
      return ends;
    } finally {
      looking.unlock();
    }
  }

  /**
   * A burst of calls.
   *
   * @param request the calling thread
   * @param counts what is summed up
   */
  @Benchmark
  public void log(Request request, Counts counts) {
    callers.incrementAndGet();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long cpu = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    burst(request.times);
    counts.nanos += System.nanoTime() - start;
    counts.cpu += THREADS.getCurrentThreadCpuTime() - cpu;
    counts.bytes += THREADS.getCurrentThreadAllocatedBytes() - bytes;
    counts.calls += burst;
    callers.decrementAndGet();
  }

  private void burst(SampleBuffer times) {
    for (int i = 0; i < burst; i++) {
      if (i % TIMED == 0) {
        long start = System.nanoTime();
        log.accepted(i);
        times.add(System.nanoTime() - start);
      } else {
        log.accepted(i);
      }
    }
  }
}
