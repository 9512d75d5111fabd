package dev.howdah.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
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

/**
 * The cost of throwing an exception and logging it, in bursts that fit into every ring, as in
 * {@link CallerBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // JMH fills the fields.
public class CaptureBenchmark {

  /** Calls in a row. */
  static final int BURST = 256;

  /** Of the application, above the benchmark's own. */
  static final int FRAMES = 40;

  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Whose calls are measured. */
  @Param public CapturePeer peer;

  private LoggingTarget target;
  private Logger logger;
  private long droppedBefore;

  /** Starts what is measured. */
  @Setup(Level.Trial)
  public void open() {
    target = peer.open();
    logger = target.logger();
  }

  /** Waits until the last burst is dealt with. */
  @Setup(Level.Invocation)
  public void awaitIdle() {
    while (target.pending() > 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Ends what was measured. */
  @TearDown(Level.Trial)
  public void close() {
    target.close();
  }

  private static int pay(int depth) {
    return depth == 0 ? askTheBank() : 1 + pay(depth - 1);
  }

  private static int askTheBank() {
    throw new IllegalStateException("no answer from the bank");
  }

  /**
   * A burst of calls.
   *
   * @param counts what is summed up
   */
  @Benchmark
  @OperationsPerInvocation(BURST)
  public void log(CallerBenchmark.Counts counts) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long cpu = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < BURST; i++) {
      try {
        pay(FRAMES);
      } catch (IllegalStateException e) {
        logger.error("payment failed", e);
      }
    }
    counts.cpu += THREADS.getCurrentThreadCpuTime() - cpu;
    counts.bytes += THREADS.getCurrentThreadAllocatedBytes() - bytes;
    counts.calls += BURST;
    counts.dropped += target.dropped() - droppedBefore;
    droppedBefore = target.dropped();
  }
}
