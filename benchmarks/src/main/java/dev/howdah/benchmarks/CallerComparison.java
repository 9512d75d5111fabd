package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What a logging call costs the thread that makes it: {@link CallerBenchmark} for each peer, by
 * turns, each turn in a JVM of its own.
 */
final class CallerComparison implements Comparison {

  private static final int MAX_THREADS = 2;

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
    JmhRound round = JmhRound.of(options);
    TestDatabase server = PostgresServer.shared().root();
    String command = "bin/bench caller" + (options.quick() ? " --quick" : "");
    Map<String, String> conditions = Machine.conditions(command, server);
    conditions.put("rounds", round.described(CallerBenchmark.BURST));
    Samples samples = new Samples();
    for (int i = 0; i < round.rounds(); i++) {
      for (int threads = 1; threads <= MAX_THREADS; threads++) {
        for (RunResult result : round.run(CallerBenchmark.class, server, threads)) {
          Peer peer = Peer.valueOf(result.getParams().getParam("peer"));
          JmhRound.add(result, contender(peer, threads), samples);
        }
      }
    }
    return new Report(name(), conditions, samples, CallerComparison::yardstickOf);
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
