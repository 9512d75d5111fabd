package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark still runs; what a call costs is for {@code bin/bench} to say. */
class CallerBenchmarkTest {

  @Test
  void everyPeerTakesItsEventsAndIsInTheReportBesideThePeersOfItsFramework() throws Exception {
    List<Peer> peers =
        List.of(
            Peer.HOWDAH_LOGBACK,
            Peer.ASYNC_APPENDER,
            Peer.LOGSTASH,
            Peer.HOWDAH_ASYNC_LOGGERS,
            Peer.LOG4J2_ASYNC_APPENDER);

    // An event that is lost would end the run.
    Report report =
        new CallerComparison()
            .run("a test", new JmhRound(1, 0, 1), 10_000, List.of(Load.BURSTS), peers, List.of(2));

    assertThat(report.samples().contenders())
        .containsExactly(
            "bursts, 2, Howdah on Logback",
            "bursts, 2, Logback AsyncAppender",
            "bursts, 2, logstash disruptor",
            "bursts, 2, Howdah, async loggers",
            "bursts, 2, Log4j2 AsyncAppender");
    assertThat(report.samples().measures())
        .contains("CPU ns/call", "p50 ns", "p99 ns", "p99.9 ns", "B/call, caller");
    assertThat(report.yardstickOf().apply("bursts, 2, Howdah on Logback"))
        .isIn("bursts, 2, Logback AsyncAppender", "bursts, 2, logstash disruptor");
    assertThat(report.yardstickOf().apply("bursts, 2, Howdah, async loggers"))
        .isEqualTo("bursts, 2, Log4j2 AsyncAppender");
    assertThat(report.samples().contenders())
        .allSatisfy(
            contender ->
                assertThat(report.samples().spread(contender, "p50 ns").median()).isPositive());
  }
}
