package dev.howdah.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.slf4j.Logger;
import org.slf4j.MDC;

/**
 * The cost of one logging call with two arguments, two MDC entries and two key-values.
 *
 * <p>Nobody logs millions of events a second for long, and a full ring would measure its overload
 * policy. So the calls come in bursts that fit into the ring, each after all of the last one is
 * dealt with: a server on the same machine would take the processor from the callers. The waits are
 * not measured. A burst takes milliseconds, far beyond what JMH warns of at {@link
 * Level#Invocation}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // JMH fills the fields.
public class CallerBenchmark {

  /** The default of Howdah's setting {@code ringSize}. */
  static final int RING_SIZE = 8192;

  /** Calls of one thread, so that those of two fill half a ring. */
  static final int BURST = 2048;

  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Whose calls are measured. */
  @Param public Peer peer;

  private final AtomicLong droppedBefore = new AtomicLong();
  private LoggingTarget target;
  private Logger logger;

  /** What JMH sums up over the threads beside the time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counts {
    /** Logging calls. */
    public long calls;

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

    /** Sets what the request's events have in common. */
    @Setup(Level.Trial)
    public void start() {
      MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
      MDC.put("user_id", "user-4711");
    }

    /**
     * Waits until the threads' last bursts are dealt with.
     *
     * @param benchmark where they go
     */
    @Setup(Level.Invocation)
    public void awaitIdle(CallerBenchmark benchmark) {
      while (benchmark.target.pending() > 0) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  /** Starts what is measured. */
  @Setup(Level.Trial)
  public void open() {
    target = peer.open();
    logger = target.logger();
  }

  /** Ends what was measured. */
  @TearDown(Level.Trial)
  public void close() {
    target.close();
  }

  /**
   * A burst of calls.
   *
   * @param request the calling thread
   * @param counts what is summed up
   */
  @Benchmark
  @OperationsPerInvocation(BURST)
  public void log(Request request, Counts counts) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long cpu = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < BURST; i++) {
      logger
          .atInfo()
          .addKeyValue("order_id", i)
          .addKeyValue("currency", "EUR")
          .log("payment of {} for order {} accepted", "12.50", i);
    }
    counts.cpu += THREADS.getCurrentThreadCpuTime() - cpu;
    counts.bytes += THREADS.getCurrentThreadAllocatedBytes() - bytes;
    counts.calls += BURST;
    long dropped = target.dropped();
    counts.dropped += dropped - droppedBefore.getAndSet(dropped);
  }
}
