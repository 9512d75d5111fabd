package dev.howdah.chaos;

import dev.howdah.testkit.Direction;
import dev.howdah.testkit.Fault;
import dev.howdah.testkit.ProxiedConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Cuts the conversation about a batch, from BEGIN to the answer to COMMIT, at each of its bytes in
 * both directions; that of a large batch at random ones. The same Howdah goes on through all of it.
 *
 * <p>The connection is open and the batch the only one, so bytes are counted from where the last
 * one ended; the sweep of a direction ends with the first position that its conversation did not
 * reach.
 */
final class CutSweep implements Scenario {

  private static final int LANES = 6;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<Fault> CUTS = List.of(Fault.RESET, Fault.CLOSE);

  /** What is logged at once. */
  private enum Size {
    SMALL(3, "one of a few rows"),
    LARGE(1200, "a thousand characters ".repeat(46));

    final int rows;
    final String text;

    Size(int rows, String text) {
      this.rows = rows;
      this.text = text;
    }
  }

  @Override
  public String name() {
    return "cut-sweep";
  }

  @Override
  public String summary() {
    return "the connection is cut at every byte of a batch's conversation";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    List<Callable<Outcome>> parts = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      int first = lane;
      parts.add(() -> sweepSmall(first, run.quick()));
      parts.add(() -> sampleLarge(run.random(first), run.rounds(204, 12) / LANES));
    }
    return Lanes.run(parts);
  }

  /** Both ways to cut at each byte of this lane; quick: by turns. */
  private static Outcome sweepSmall(int lane, boolean quick) throws Exception {
    try (Subject subject = subject()) {
      write(subject, "first", Size.SMALL);
      int rounds = 0;
      for (Direction direction : Direction.values()) {
        boolean reached = true;
        for (int position = lane; reached; position += LANES) {
          for (Fault how : quick ? List.of(CUTS.get(position / LANES % 2)) : CUTS) {
            reached = cut(subject, direction, position, how, Size.SMALL);
            rounds++;
          }
        }
        // The last plan was not reached, and would be in the next direction.
        subject.connection().strike(Fault.RESET);
        write(subject, "after." + direction, Size.SMALL);
      }
      return outcome(rounds, subject, Size.SMALL);
    }
  }

  private static Outcome sampleLarge(Random random, int rounds) throws Exception {
    try (Subject subject = subject()) {
      write(subject, "first", Size.LARGE);
      ProxiedConnection whole = subject.connection();
      long start = whole.passed(Direction.TO_SERVER);
      long startOfAnswer = whole.passed(Direction.TO_CLIENT);
      write(subject, "measured", Size.LARGE);
      long bytes = whole.passed(Direction.TO_SERVER) - start;
      long bytesOfAnswer = whole.passed(Direction.TO_CLIENT) - startOfAnswer;
      for (int round = 0; round < rounds; round++) {
        Fault how = CUTS.get(random.nextInt(CUTS.size()));
        if (random.nextInt(4) > 0) {
          cut(subject, Direction.TO_SERVER, random.nextLong(bytes), how, Size.LARGE);
        } else {
          cut(subject, Direction.TO_CLIENT, random.nextLong(bytesOfAnswer), how, Size.LARGE);
        }
      }
      return outcome(rounds, subject, Size.LARGE);
    }
  }

  /** A batch ends when the round waits for it, and not before. */
  private static Subject subject() throws IOException {
    return Subject.start(Map.of("flushInterval", "1 min", "batchSize", "4 MiB"));
  }

  /** Returns whether the conversation came so far. */
  private static boolean cut(
      Subject subject, Direction direction, long position, Fault how, Size size)
      throws InterruptedException {
    ProxiedConnection connection = subject.connection();
    connection.strikeAfter(direction, position, how);
    write(subject, "at.%s.%07d.%s".formatted(direction, position, how), size);
    boolean reached = connection.fault() != null;
    if (subject.connections().isEmpty()) {
      // Cut after the last byte of the answer: the batch is written, and the next one notices.
      write(subject, "after.%07d.%s".formatted(position, how), size);
    }
    return reached;
  }

  /** One batch, with an entry of the dictionary: its logger, of which there is no other. */
  private static void write(Subject subject, String name, Size size) throws InterruptedException {
    String logger = "%08d.%s".formatted(subject.events().offered(), name);
    for (int i = 0; i < size.rows; i++) {
      subject.events().log(logger, size.text);
    }
    if (!subject.settles(SOON)) {
      throw new IllegalStateException(logger + ": not written within " + SOON);
    }
  }

  /** The loggers' names say where it was cut when a batch is not what it should be. */
  private static Outcome outcome(int rounds, Subject subject, Size size) {
    Outcome outcome = Outcome.of(rounds, subject.tally());
    List<String> violations = new ArrayList<>(outcome.violations());
    subject
        .database()
        .query(
            """
            SELECT logger, count(*), count(DISTINCT message)
            FROM monitoring.logs
            GROUP BY logger
            HAVING count(*) <> %1$d
                OR count(DISTINCT message) <> %1$d
            """
                .formatted(size.rows))
        .forEach(row -> violations.add("rows of a batch of " + size.rows + ": " + row));
    return new Outcome(rounds, outcome.tally(), violations);
  }
}
