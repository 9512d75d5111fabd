package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What an error costs the thread that logs it: {@link CaptureBenchmark} for each peer, by turns,
 * each turn in a JVM of its own.
 */
final class CaptureComparison implements Comparison {

  @Override
  public String name() {
    return "capture";
  }

  @Override
  public String summary() {
    return "time and allocation of logger.error(message, e), beside Sentry's and logstash's appender";
  }

  @Override
  public Report run(Options options) throws RunnerException {
    JmhRound round = JmhRound.of(options);
    TestDatabase server = PostgresServer.shared().root();
    String command = "bin/bench capture" + (options.quick() ? " --quick" : "");
    Map<String, String> conditions = Machine.conditions(command, server);
    conditions.put(
        "rounds", round.described() + ", bursts of %d calls".formatted(CaptureBenchmark.BURST));
    conditions.put("stack", CaptureBenchmark.FRAMES + " frames of the application and those below");
    Samples samples = new Samples();
    for (int i = 0; i < round.rounds(); i++) {
      for (RunResult result : round.run(CaptureBenchmark.class, server)) {
        CapturePeer peer = CapturePeer.valueOf(result.getParams().getParam("peer"));
        JmhRound.add(result, peer.label(), samples);
      }
    }
    return new Report(name(), conditions, samples, contender -> CapturePeer.NO_OP.label());
  }
}
