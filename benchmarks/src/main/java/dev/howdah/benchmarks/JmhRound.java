package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How much is measured: rounds of every peer, each in a fresh JVM and of so many iterations.
 *
 * @param rounds of all peers
 * @param warmUps iterations that are not counted
 * @param iterations that are
 */
record JmhRound(int rounds, int warmUps, int iterations) {

  /**
   * A heap whose every page was written to before: else each 4 KiB that a thread allocates for the
   * first time costs it some microseconds, and those who make fewer calls a second are longer at
   * it.
   */
  private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

  private static final TimeValue ITERATION = TimeValue.milliseconds(500);
  private static final JmhRound QUICK = new JmhRound(2, 6, 2);
  private static final JmhRound FULL = new JmhRound(5, 8, 8);

  static JmhRound of(Options options) {
    return options.quick() ? QUICK : FULL;
  }

  /** For the conditions of a report. */
  String described() {
    return "%d, each in a fresh JVM (%s): %d x %s of warm-up, %d x %s measured"
        .formatted(rounds, String.join(" ", HEAP), warmUps, ITERATION, iterations, ITERATION);
  }

  /** Runs a benchmark for each of its peers, on one thread. */
  Collection<RunResult> run(Class<?> benchmark, TestDatabase server) throws RunnerException {
    return new Runner(options(benchmark, server, 1, List.of()).build()).run();
  }

  /** Runs a benchmark whose parameters have one value each. */
  static RunResult single(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).runSingle();
  }

  ChainedOptionsBuilder options(
      Class<?> benchmark, TestDatabase server, int threads, List<String> jvmArgs) {
    List<String> arguments = new ArrayList<>(HEAP);
    arguments.addAll(jvmArgs);
    arguments.add("-D" + Peer.SERVER_PROPERTY + "=" + url(server));
    return new OptionsBuilder()
        .include(benchmark.getName())
        .threads(threads)
        .forks(1)
        .warmupIterations(warmUps)
        .warmupTime(ITERATION)
        .measurementIterations(iterations)
        .measurementTime(ITERATION)
        .addProfiler(GCProfiler.class)
        .jvmArgsAppend(arguments.toArray(String[]::new))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private static String url(TestDatabase server) {
    return server.url() + "?user=" + server.username() + "&password=" + server.password();
  }

  /** Adds what was measured of one peer. */
  static void add(RunResult result, String contender, Samples samples) {
    double nanos = result.getPrimaryResult().getScore();
    double calls = secondary(result, "calls");
    samples.add(contender, "ns/call", nanos);
    samples.add(contender, "CPU ns/call", secondary(result, "cpu") / calls);
    samples.add(contender, "B/call, caller", secondary(result, "bytes") / calls);
    samples.add(contender, "B/call, all threads", secondary(result, "gc.alloc.rate.norm"));
    samples.add(contender, "dropped, %", 100 * secondary(result, "dropped") / calls);
    System.out.printf("%-26s %7s ns/call%n", contender, Spread.number(nanos));
  }

  static double secondary(RunResult result, String name) {
    return result.getSecondaryResults().get(name).getScore();
  }
}
