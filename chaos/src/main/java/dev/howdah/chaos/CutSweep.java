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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the conversation about a batch, from BEGIN to the answer to COMMIT, at each of its bytes in
 * both directions; that of a large batch at random ones.
 *
 * <p>The connection is open and the batch the only one, so bytes are counted from where the last
 * one ended. Several lanes share the positions, each with one Howdah that goes on through all of
 * its cuts; a lane is through with a direction when the conversation did not come as far as its
 * next position. For that, every batch must take exactly as many bytes as any other.
 */
final class CutSweep implements Scenario {

  private static final int LANES = 6;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<Fault> CUTS = List.of(Fault.RESET, Fault.CLOSE);

  /** A batch ends when the round waits for it, and not before. */
  private static final Map<String, String> SETTINGS =
      Map.of("flushInterval", "1 min", "batchSize", "4 MiB");

  /** Ids are written in decimal digits: nearly all have 19. */
  private static final long SMALLEST_ID_OF_USUAL_LENGTH = 1_000_000_000_000_000_000L;

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

  /** Without frames, which would make the sweep half as long again and find nothing more. */
  private static final class ShortTrace extends Throwable {
    ShortTrace(String message) {
      super(message, null, false, false);
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
    Set<String> lengths = ConcurrentHashMap.newKeySet();
    for (int lane = 0; lane < LANES; lane++) {
      int first = lane;
      parts.add(() -> sweepSmall(first, run.quick(), lengths));
      parts.add(() -> sampleLarge(run.random(first), run.rounds(204, 12) / LANES));
    }
    Outcome outcome = Lanes.run(parts);
    System.out.println("  a small batch: " + lengths);
    return lengths.size() == Direction.values().length
        ? outcome
        : outcome.with("positions may have been left out: batches took " + lengths + " bytes");
  }

  /** Both ways to cut at each byte of this lane; quick: by turns. */
  private static Outcome sweepSmall(int lane, boolean quick, Set<String> lengths) throws Exception {
    try (Subject subject = subject()) {
      write(subject, "the first", Size.SMALL);
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
        write(subject, "between", Size.SMALL);
        lengths.add(length(subject, direction, Size.SMALL) + " " + direction);
      }
      return outcome(rounds, subject, Size.SMALL);
    }
  }

  private static Outcome sampleLarge(Random random, int rounds) throws Exception {
    try (Subject subject = subject()) {
      write(subject, "the first", Size.LARGE);
      long bytes = length(subject, Direction.TO_SERVER, Size.LARGE);
      long bytesOfAnswer = length(subject, Direction.TO_CLIENT, Size.LARGE);
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

  private static Subject subject() throws IOException {
    Subject subject = Subject.start(SETTINGS);
    while (subject.instanceId() < SMALLEST_ID_OF_USUAL_LENGTH) {
      subject.close();
      subject = Subject.start(SETTINGS);
    }
    return subject;
  }

  /** Bytes of a batch's whole conversation. */
  private static long length(Subject subject, Direction direction, Size size)
      throws InterruptedException {
    ProxiedConnection connection = subject.connection();
    long before = connection.passed(direction);
    write(subject, "measured", size);
    return connection.passed(direction) - before;
  }

  /** Returns whether the conversation came so far. */
  private static boolean cut(
      Subject subject, Direction direction, long position, Fault how, Size size)
      throws InterruptedException {
    ProxiedConnection connection = subject.connection();
    connection.strikeAfter(direction, position, how);
    write(subject, "%s at %07d %s".formatted(how, position, direction), size);
    boolean reached = connection.fault() != null;
    if (subject.connections().isEmpty()) {
      // Cut after the last byte of the answer: the batch is written, and the next one notices.
      write(subject, "after the last byte", size);
    }
    return reached;
  }

  /** One batch, with an entry of the dictionary: a stack trace, of which there is no other. */
  private static void write(Subject subject, String where, Size size) throws InterruptedException {
    String batch = "[batch %09d, %s]".formatted(subject.events().offered(), where);
    for (int i = 0; i < size.rows; i++) {
      subject
          .events()
          .log("CutSweep", batch + " " + size.text, i == 0 ? new ShortTrace(batch) : null);
    }
    if (!subject.settles(SOON)) {
      throw new IllegalStateException(batch + ": not written within " + SOON);
    }
  }

  /** The messages say where it was cut when a batch is not what it should be. */
  private static Outcome outcome(int rounds, Subject subject, Size size) {
    Outcome outcome = Outcome.of(rounds, subject.tally());
    for (List<@Nullable String> batch : batchesUnlike(size, subject)) {
      outcome = outcome.with("rows, different ones, stack traces: " + batch);
    }
    return outcome;
  }

  private static List<List<@Nullable String>> batchesUnlike(Size size, Subject subject) {
    return subject
        .database()
        .query(
            """
            SELECT substring(message FROM '\\[.*]') AS batch,
                   count(*),
                   count(DISTINCT message),
                   count(stack_trace)
            FROM monitoring.logs
            GROUP BY batch
            HAVING count(*) <> %1$d
                OR count(DISTINCT message) <> %1$d
                OR count(stack_trace) <> 1
            """
                .formatted(size.rows));
  }
}
