package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One thread throws as fast as it can and logs each exception, of a number of bugs in turn; after
 * each turn every bug's count is checked, to the last occurrence.
 *
 * <p>An exception is thrown 40 frames deep. Its trace is then replaced by one like it, in which the
 * class of the innermost frame is the bug's own.
 */
final class ErrorStorm implements Contender {

  private static final int FRAMES = 40;

  private final String name;
  private final HowdahLogback howdah;
  private final Logger logger;
  private final List<StackTraceElement[]> traces;
  private final int events;
  private final TestDatabase database;
  private Map<String, Long> countsBefore = Map.of();

  /**
   * Takes a Howdah.
   *
   * @param name its name in the report
   * @param howdah where the errors go
   * @param bugs how many there are; they divide the events without a rest
   * @param events in each turn
   * @param database where they are counted
   */
  ErrorStorm(String name, HowdahLogback howdah, int bugs, int events, TestDatabase database) {
    this.name = name;
    this.howdah = howdah;
    this.logger = howdah.logger("shop.Checkout");
    this.traces = IntStream.range(0, bugs).mapToObj(ErrorStorm::trace).toList();
    this.events = events;
    this.database = database;
  }

  private static StackTraceElement[] trace(int bug) {
    // Of letters, since numbers in names may be those of generated classes.
    String name =
        Integer.toString(bug, 26)
            .chars()
            .map(c -> 'a' + Character.digit(c, 26))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    StackTraceElement[] trace = thrown().getStackTrace();
    trace[0] = new StackTraceElement("shop." + name + ".Bank", "pay", "Bank.java", 12);
    return trace;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public void prepare() {
    database.execute("TRUNCATE monitoring.error_occurrences");
    countsBefore = counts();
  }

  @Override
  public void write() {
    long written = howdah.stats().written();
    for (int i = 0; i < events; i++) {
      IllegalStateException bug = thrown();
      bug.setStackTrace(traces.get(i % traces.size()));
      logger.error("payment failed", bug);
    }
    howdah.awaitWritten(written + events);
    check(counts());
  }

  private void check(Map<String, Long> counts) {
    long expected = events / traces.size();
    counts.entrySet().removeIf(group -> group.getValue().equals(countsBefore.get(group.getKey())));
    counts.replaceAll((group, count) -> count - countsBefore.getOrDefault(group, 0L));
    if (counts.size() != traces.size() || counts.values().stream().anyMatch(c -> c != expected)) {
      throw new IllegalStateException(
          "%s: of %d bugs %d each were to be counted, but: %s"
              .formatted(name, traces.size(), expected, counts));
    }
  }

  /** Occurrences by group, when nothing is left to be folded. */
  private Map<String, Long> counts() {
    String fold = "SELECT 1 FROM monitoring.fold_errors() WHERE skipped OR groups_counted > 0";
    while (!database.query(fold).isEmpty()) {
      Thread.onSpinWait();
    }
    Map<String, Long> counts = new HashMap<>();
    for (List<?> row :
        database.query("SELECT group_id, occurrences FROM monitoring.error_groups")) {
      counts.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1))));
    }
    return counts;
  }

  private static IllegalStateException thrown() {
    try {
      pay(FRAMES);
      throw new AssertionError("the bank answered");
    } catch (IllegalStateException e) {
      return e;
    }
  }

  private static int pay(int depth) {
    return depth == 0 ? askTheBank() : 1 + pay(depth - 1);
  }

  private static int askTheBank() {
    throw new IllegalStateException("no answer from the bank");
  }
}
