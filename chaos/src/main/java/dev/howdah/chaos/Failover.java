package dev.howdah.chaos;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.StandbyServer;
import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The primary is killed under load, and its standby promoted: a synchronous one, which has all that
 * was acknowledged, and an asynchronous one that misses the last transactions, which are written
 * again out of what the journal has kept.
 */
final class Failover implements Scenario {

  private static final int THREADS = 2;

  /** Batches that an asynchronous standby misses, at least. */
  private static final int MISSED = 5;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "failover";
  }

  @Override
  public String summary() {
    return "a switch to a synchronous standby, and to one that misses the last transactions";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    Outcome outcome = new Outcome(0, Tally.NOTHING, List.of());
    for (int round = 0; round < run.rounds(5, 1); round++) {
      outcome = outcome.plus(toOneThatHasAll()).plus(toOneThatMissesSome());
    }
    return outcome;
  }

  private static Outcome toOneThatHasAll() throws Exception {
    try (EmbeddedServer primary = EmbeddedServer.start(Map.of("synchronous_commit", "on"));
        StandbyServer standby = StandbyServer.of(primary)) {
      standby.beSynchronous();
      return switchOver(primary, standby, subject -> subject.awaitProgress());
    }
  }

  private static Outcome toOneThatMissesSome() throws Exception {
    try (EmbeddedServer primary = EmbeddedServer.start(Map.of("synchronous_commit", "on"));
        StandbyServer standby = StandbyServer.of(primary)) {
      Outcome outcome =
          switchOver(
              primary,
              standby,
              subject -> {
                standby.cut();
                for (int i = 0; i < MISSED; i++) {
                  subject.awaitProgress();
                }
              });
      return outcome;
    }
  }

  private interface Before {
    void kill(Subject subject) throws Exception;
  }

  private static Outcome switchOver(EmbeddedServer primary, StandbyServer standby, Before before)
      throws Exception {
    Map<String, String> settings =
        Map.of(
            "url", url(primary.root(), standby.root()),
            "journal", "always",
            "journalKeepSent", "64 MiB",
            "flushInterval", "5 ms");
    try (Subject subject = Subject.start(primary.root(), settings)) {
      Load load = Load.start(subject.events(), THREADS);
      try {
        subject.awaitProgress();
        before.kill(subject);
        primary.killHard();
        standby.promote();
        subject.awaitProgress();
      } finally {
        load.stop();
      }
      subject.settle(PATIENCE);
      return Tally.inOrder(1, subject.tally(standby.root()), standby.root());
    }
  }

  private static String url(TestDatabase one, TestDatabase other) {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?sslmode=disable&targetServerType=primary&hostRecheckSeconds=1"
        .formatted(one.port(), other.port(), one.name());
  }
}
