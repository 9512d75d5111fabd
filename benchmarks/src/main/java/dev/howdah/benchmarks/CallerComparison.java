package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What a logging call costs the thread that makes it: {@link CallerBenchmark} for each peer, by
 * turns, each turn in a JVM of its own.
 */
final class CallerComparison implements Comparison {

  private static final String TIME = "ns/call";
  private static final int MAX_THREADS = 2;
  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  /**
   * How much is measured: rounds of every peer and number of threads, each of so many iterations.
   */
  private record Scale(int rounds, int warmUps, int iterations) {}

  @Override
  public String name() {
    return "caller";
  }

  @Override
  public String summary() {
    return "time and allocation of one logging call, beside AsyncAppender and formatting alone";
  }

  @Override
  public Report run(Options options) throws RunnerException {
    Scale scale = options.quick() ? new Scale(2, 6, 2) : new Scale(5, 12, 12);
    TestDatabase server = PostgresServer.shared().root();
    String command = "bin/bench caller" + (options.quick() ? " --quick" : "");
    Map<String, String> conditions = Machine.conditions(command, server);
    conditions.put(
        "rounds",
        "%d, each in a fresh JVM: %d x %s of warm-up, %d x %s measured, bursts of %d calls"
            .formatted(
                scale.rounds(),
                scale.warmUps(),
                ITERATION,
                scale.iterations(),
                ITERATION,
                CallerBenchmark.BURST));
    Samples samples = new Samples();
    for (int round = 1; round <= scale.rounds(); round++) {
      for (int threads = 1; threads <= MAX_THREADS; threads++) {
        for (RunResult result : measure(server, scale, threads)) {
          add(result, samples);
        }
      }
    }
    return new Report(name(), conditions, samples, CallerComparison::yardstickOf);
  }

  private static Collection<RunResult> measure(TestDatabase server, Scale scale, int threads)
      throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(CallerBenchmark.class.getName())
                .threads(threads)
                .forks(1)
                .warmupIterations(scale.warmUps())
                .warmupTime(ITERATION)
                .measurementIterations(scale.iterations())
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-D" + Peer.SERVER_PROPERTY + "=" + url(server))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  private static String url(TestDatabase server) {
    return server.url() + "?user=" + server.username() + "&password=" + server.password();
  }

  private static void add(RunResult result, Samples samples) {
    Peer peer = Peer.valueOf(result.getParams().getParam("peer"));
    String contender = contender(peer, result.getParams().getThreads());
    double nanos = result.getPrimaryResult().getScore();
    double calls = secondary(result, "calls");
    samples.add(contender, TIME, nanos);
    samples.add(contender, "CPU ns/call", secondary(result, "cpu") / calls);
    samples.add(contender, "B/call, caller", secondary(result, "bytes") / calls);
    samples.add(contender, "B/call, all threads", secondary(result, "gc.alloc.rate.norm"));
    samples.add(contender, "dropped, %", 100 * secondary(result, "dropped") / calls);
    System.out.printf("%-26s %7s ns/call%n", contender, Spread.number(nanos));
  }

  private static double secondary(RunResult result, String name) {
    return result.getSecondaryResults().get(name).getScore();
  }

  private static String contender(Peer peer, int threads) {
    return peer.label() + ", " + threads + (threads == 1 ? " thread" : " threads");
  }

  /** Everyone is compared with AsyncAppender on as many threads. */
  private static String yardstickOf(String contender) {
    return contender.endsWith(", 1 thread")
        ? contender(Peer.ASYNC_APPENDER, 1)
        : contender(Peer.ASYNC_APPENDER, 2);
  }
}
