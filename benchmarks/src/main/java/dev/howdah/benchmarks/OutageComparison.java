package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.Map;

/**
 * How fast the journal is written when the database is back, beside raw COPY of the same rows, and
 * how long it takes until that begins.
 */
final class OutageComparison implements Comparison {

  static final String WAIT = "begins after, s";

  /**
   * How much is measured.
   *
   * @param events in each turn
   * @param rounds in which everyone has one turn, after one that is not counted
   * @param longSeconds length of the longer outage
   */
  record Scale(int events, int rounds, int longSeconds) {}

  @Override
  public String name() {
    return "outage";
  }

  @Override
  public String summary() {
    return "how fast the journal is written after an outage, beside raw COPY, and when it begins";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench outage" + (options.quick() ? " --quick" : "");
    return run(command, options.quick() ? new Scale(200_000, 3, 5) : new Scale(500_000, 5, 10));
  }

  Report run(String command, Scale scale) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    LogLines lines = LogLines.find();
    int events = scale.events();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put("events", Spread.number(events) + " a turn; " + lines.description());
    conditions.put("rounds", scale.rounds() + ", after one that is not counted");
    try (HowdahLogback howdah = HowdahLogback.blocking(database)) {
      LoggingThreads up = new LoggingThreads("no outage", howdah, lines, events, 1);
      Turn.unmeasured(database, up); // Its rows are the ones to be copied.
      DrainedJournal brief =
          new DrainedJournal("outage of 1 s", howdah, lines, events, 1, database);
      DrainedJournal lasting =
          new DrainedJournal(
              "outage of " + scale.longSeconds() + " s",
              howdah,
              lines,
              events,
              scale.longSeconds(),
              database);
      try (RawCopy raw = RawCopy.ofRowsIn(database)) {
        Samples samples = Turn.rounds(database, scale.rounds(), List.of(up, brief, lasting, raw));
        for (int round = 0; round < scale.rounds(); round++) {
          samples.add(up.name(), WAIT, 0);
          samples.add(brief.name(), WAIT, brief.waits().get(round + 1));
          samples.add(lasting.name(), WAIT, lasting.waits().get(round + 1));
          samples.add(raw.name(), WAIT, 0);
        }
        return new Report(name(), conditions, samples, contender -> RawCopy.NAME);
      }
    }
  }
}
