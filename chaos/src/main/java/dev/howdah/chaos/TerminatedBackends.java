package dev.howdah.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An administrator ends Howdah's backend, again and again, at random moments under load. */
final class TerminatedBackends implements Scenario {

  private static final int THREADS = 2;

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String TERMINATE =
      """
      SELECT pg_terminate_backend(pid)
      FROM pg_stat_activity
      WHERE datname = current_database()
        AND application_name = 'howdah'
      """;

  @Override
  public String name() {
    return "terminated-backends";
  }

  @Override
  public String summary() {
    return "pg_terminate_backend on Howdah's connection, at random moments under load";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    int rounds = run.rounds(1000, 50);
    // Many small transactions: more moments to be ended in than in a few large ones.
    try (Subject subject = Subject.start(Map.of("flushInterval", "5 ms", "batchSize", "64 KiB"))) {
      subject.events().log("TerminatedBackends", "the first: the schema is there");
      subject.settle(SOON);
      Load load = Load.start(subject.events(), THREADS);
      try {
        terminate(subject, rounds, run.random(0));
      } finally {
        load.stop();
      }
      subject.settle(SOON);
      return Outcome.of(rounds, subject.tally());
    }
  }

  private static void terminate(Subject subject, int rounds, Random random) throws SQLException {
    try (Connection connection = subject.database().connect();
        Statement statement = connection.createStatement()) {
      for (int done = 0; done < rounds; ) {
        // Every other time it gets something done first: else nothing would ever be written.
        if (random.nextBoolean()) {
          subject.awaitProgress();
        }
        LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
        try (ResultSet ended = statement.executeQuery(TERMINATE)) {
          // No row: it has not come back from the last one yet.
          while (ended.next()) {
            done++;
          }
        }
      }
    }
  }
}
