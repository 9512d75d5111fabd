package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.util.Statistics;

/**
 * What a logging call costs the thread that makes it: {@link CallerBenchmark} for each peer, by
 * turns, each turn in a JVM of its own.
 */
final class CallerComparison implements Comparison {

  private static final List<Integer> THREADS = List.of(1, 2, 8);
  private static final List<Integer> QUICK_THREADS = List.of(1, 8);
  private static final String COST = "CPU ns/call";

  /** Calls before the first that is measured. */
  private static final int WARM_UP = 400_000;

  private static final int QUICK_WARM_UP = 250_000;

  @Override
  public String name() {
    return "caller";
  }

  @Override
  public String summary() {
    return "time and allocation of one logging call, beside asynchronous appenders of both frameworks";
  }

  @Override
  public Report run(Options options) throws RunnerException {
    JmhRound round = options.quick() ? new JmhRound(1, 1, 1) : new JmhRound(5, 4, 6);
    return run(
        "bin/bench caller" + (options.quick() ? " --quick" : ""),
        round,
        options.quick() ? QUICK_WARM_UP : WARM_UP,
        options.quick() ? List.of(Load.BURSTS) : List.of(Load.values()),
        List.of(Peer.values()),
        options.quick() ? QUICK_THREADS : THREADS);
  }

  Report run(
      String command,
      JmhRound round,
      int warmUp,
      List<Load> loads,
      List<Peer> peers,
      List<Integer> threadCounts)
      throws RunnerException {
    TestDatabase server = PostgresServer.shared().root();
    Map<String, String> conditions = Machine.conditions(command, server);
    conditions.put("rounds", round.described());
    conditions.put(
        "calls", "%,d of warm-up; bursts of %,d".formatted(warmUp, CallerBenchmark.BURST));
    Samples samples = new Samples();
    for (int i = 0; i < round.rounds(); i++) {
      for (Load load : loads) {
        for (int threads : threadCounts) {
          for (Peer peer : peers) {
            if (load.isIn(i) && peer.stands(load)) {
              Turn turn = new Turn(peer, load, threads);
              add(turn, measure(turn, round, warmUp, server), samples);
            }
          }
        }
      }
    }
    return new Report(name(), conditions, samples, yardstickOf(samples));
  }

  /** Who logs, how, and on how many threads. */
  private record Turn(Peer peer, Load load, int threads) {
    String contender() {
      return "%s, %d, %s".formatted(load.label(), threads, peer.label());
    }
  }

  private static RunResult measure(Turn turn, JmhRound round, int warmUp, TestDatabase server)
      throws RunnerException {
    return JmhRound.single(
        round
            .options(CallerBenchmark.class, server, turn.threads(), Peer.JVM_ARGS)
            .addProfiler(CallTimes.class)
            .param("peer", turn.peer().name())
            .param("load", turn.load().name())
            .param("warmUp", Integer.toString(warmUp)));
  }

  private static void add(Turn turn, RunResult result, Samples samples) {
    String contender = turn.contender();
    double calls = JmhRound.secondary(result, "calls");
    int callsOfBurst = CallerBenchmark.BURST / turn.threads();
    Statistics times = result.getSecondaryResults().get(CallTimes.NAME).getStatistics();
    samples.add(contender, COST, JmhRound.secondary(result, "cpu") / calls);
    samples.add(contender, "ns/call", JmhRound.secondary(result, "nanos") / calls);
    for (String percentile : List.of("50", "99", "99.9")) {
      samples.add(
          contender, "p" + percentile + " ns", times.getPercentile(Double.parseDouble(percentile)));
    }
    samples.add(contender, "B/call, caller", JmhRound.secondary(result, "bytes") / calls);
    samples.add(
        contender,
        "B/call, all threads",
        JmhRound.secondary(result, "gc.alloc.rate.norm") / callsOfBurst);
    System.out.printf(
        "%-40s %7s CPU ns/call%n", contender, samples.spread(contender, COST).toString());
  }

  /**
   * On as many threads under the same load: for Logback the faster of its peers, for Log4j2 its
   * AsyncAppender.
   */
  private static UnaryOperator<String> yardstickOf(Samples samples) {
    return contender -> {
      Peer peer = Peer.labelledAtEndOf(contender);
      String turn = contender.substring(0, contender.length() - peer.label().length());
      String queue = turn + Peer.ASYNC_APPENDER.label();
      String ring = turn + Peer.LOGSTASH.label();
      if (peer.isLog4j2()) {
        return turn + Peer.LOG4J2_ASYNC_APPENDER.label();
      }
      return samples.spread(queue, COST).median() <= samples.spread(ring, COST).median()
          ? queue
          : ring;
    };
  }
}
