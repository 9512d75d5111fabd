package dev.howdah.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * Hands the times of single calls from the measured JVM to JMH, whose own samples would be of whole
 * bursts. Thread-safe.
 */
public final class CallTimes implements InternalProfiler {

  /** Of the secondary result. */
  static final String NAME = "call";

  private static SampleBuffer times = new SampleBuffer();

  /** For JMH. */
  public CallTimes() {}

  /** Adds what one thread measured in this iteration, in nanoseconds. */
  static synchronized void add(SampleBuffer ofOneThread) {
    times.addAll(ofOneThread);
  }

  private static synchronized SampleBuffer take() {
    SampleBuffer taken = times;
    times = new SampleBuffer();
    return taken;
  }

  @Override
  public String getDescription() {
    return "Times of single calls";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    take();
  }

  @Override
  public List<SampleTimeResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(new SampleTimeResult(ResultRole.SECONDARY, NAME, take(), TimeUnit.NANOSECONDS));
  }
}
