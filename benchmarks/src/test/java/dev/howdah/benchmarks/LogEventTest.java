package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogEventTest {

  @Test
  void aLineOfHadoopIsTakenApart() {
    assertThat(
            LogEvent.parse(
                "2015-10-18 18:01:48,963 WARN [Thread-50] o.a.h.MRAppMaster: Retry 3 of job_14 now"))
        .isEqualTo(
            new LogEvent(
                Level.WARN, "o.a.h.MRAppMaster", "Retry {} of {} now", List.of("3", "job_14")));
  }

  @Test
  void aLineOfZooKeeperNamesItsLoggerWithinTheBrackets() {
    assertThat(
            LogEvent.parse(
                "2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:0:2181:FastLeaderElection@774]"
                    + " - Notification time out: 3200"))
        .isEqualTo(
            new LogEvent(
                Level.INFO, "FastLeaderElection", "Notification time out: {}", List.of("3200")));
  }

  @Test
  void aLineThatStartsNoEventIsNone() {
    assertThat(LogEvent.parse("\tat java.lang.Thread.run(Thread.java:840)")).isNull();
  }
}
