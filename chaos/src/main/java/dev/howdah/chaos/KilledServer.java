package dev.howdah.chaos;

import dev.howdah.testkit.EmbeddedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * PostgreSQL is killed with all its processes at random moments under load, and started again at
 * once. Its commits are durable here: what it had acknowledged is there after its recovery.
 */
final class KilledServer implements Scenario {

  private static final int THREADS = 2;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "killed-server";
  }

  @Override
  public String summary() {
    return "kill -9 of PostgreSQL at random moments under load, and its recovery";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    Outcome outcome = new Outcome(0, Tally.NOTHING, List.of());
    for (String journal : List.of("outage", "always")) {
      outcome = outcome.plus(run(run.rounds(50, 2), run.random(outcome.rounds()), journal));
    }
    return outcome;
  }

  private static Outcome run(int rounds, Random random, String journal) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(Map.of("synchronous_commit", "on"));
        Subject subject =
            Subject.start(server.root(), Map.of("journal", journal, "flushInterval", "5 ms"))) {
      Load load = Load.start(subject.events(), THREADS);
      try {
        for (int round = 0; round < rounds; round++) {
          subject.awaitProgress();
          LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
          server.killHard();
          server.restart();
        }
        subject.awaitProgress();
      } finally {
        load.stop();
      }
      subject.settle(PATIENCE);
      return Tally.inOrder(rounds, subject.tally(), server.root());
    }
  }
}
