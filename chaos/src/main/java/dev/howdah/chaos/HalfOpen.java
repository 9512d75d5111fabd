package dev.howdah.chaos;

import dev.howdah.testkit.Direction;
import dev.howdah.testkit.Fault;
import dev.howdah.testkit.ProxiedConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The client's side of a connection dies and the server is not told: its backend keeps the lock on
 * the instance's row, and the retry must get its verdict within the configured seconds.
 *
 * <p>What stands between goes on acknowledging the server's bytes and probes, as a load balancer or
 * PgBouncer does: TCP itself never notices.
 */
final class HalfOpen implements Scenario {

  private static final int ROWS = 200;
  private static final String TEXT = "five hundred characters! ".repeat(20);

  /** Silence is given up after 1 s, by either side; the rest is for a busy machine. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "flushInterval", "1 min",
          "socketTimeout", "1 s",
          "lockTimeout", "1 s",
          "idleInTransactionTimeout", "1 s",
          "shutdownTimeout", "1 s");

  private static final Duration VERDICT = Duration.ofSeconds(10);

  /** How much of the batch's conversation the server still gets. */
  private enum Moment {
    /** The transaction's first byte. */
    BEGIN,
    /** Half of the rows: they are nearly all of the conversation. */
    COPY,
    /** All rows, and COMMIT but for its last byte. */
    BEFORE_COMMIT,
    /** Everything: it is the answer that is missing. */
    COMMIT;

    long bytes(long all) {
      return switch (this) {
        case BEGIN -> 1;
        case COPY -> all / 2;
        case BEFORE_COMMIT -> all - 1;
        case COMMIT -> all;
      };
    }
  }

  @Override
  public String name() {
    return "half-open";
  }

  @Override
  public String summary() {
    return "the client's side dies without a word to the server";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    List<Callable<Outcome>> parts = new ArrayList<>();
    for (int round = 0; round < run.rounds(5, 1); round++) {
      for (Moment moment : Moment.values()) {
        for (Fault fault : List.of(Fault.LOSE_CLIENT, Fault.BLACK_HOLE)) {
          parts.add(() -> strike(moment, fault));
        }
      }
    }
    return Lanes.run(parts);
  }

  private static Outcome strike(Moment moment, Fault fault) throws Exception {
    try (Subject subject = Subject.start(SETTINGS)) {
      long all = measure(subject);
      ProxiedConnection connection = subject.connection();
      connection.strikeAfter(Direction.TO_SERVER, moment.bytes(all), fault);
      log(subject);
      if (subject.settles(VERDICT)) {
        return Outcome.of(1, subject.tally());
      }
      return new Outcome(
          1, subject.tally(), List.of(moment + ", " + fault + ": not written within " + VERDICT));
    }
  }

  /** Bytes to the server of one batch, on an open connection and without a dictionary. */
  private static long measure(Subject subject) throws InterruptedException {
    log(subject);
    subject.settle(VERDICT);
    ProxiedConnection connection = subject.connection();
    long start = connection.passed(Direction.TO_SERVER);
    log(subject);
    subject.settle(VERDICT);
    return connection.passed(Direction.TO_SERVER) - start;
  }

  private static void log(Subject subject) {
    for (int i = 0; i < ROWS; i++) {
      subject.events().log("HalfOpen", TEXT);
    }
  }
}
