package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.Map;

/**
 * Events from the logging call to committed rows in the real schema, beside raw COPY of the same
 * rows into the same table with the same indexes, by turns. Before each turn the table is emptied
 * and a checkpoint done; after it the rows are counted by SQL, and one too few ends the run.
 */
final class ThroughputComparison implements Comparison {

  static final String RATE = "events/s";
  static final String CPU = "JVM CPU s/million";

  /**
   * How much is measured.
   *
   * @param events in each turn
   * @param rounds in which everyone has one turn, after one that is not counted
   */
  record Scale(int events, int rounds) {}

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String summary() {
    return "events a second, from the logging call to committed rows, beside raw COPY";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench throughput" + (options.quick() ? " --quick" : "");
    return run(command, options.quick() ? new Scale(200_000, 5) : new Scale(500_000, 9));
  }

  Report run(String command, Scale scale) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    LogLines lines = LogLines.find();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put("events", Spread.number(scale.events()) + " a turn; " + lines.description());
    conditions.put("rounds", scale.rounds() + ", after one that is not counted");
    try (HowdahLogback howdah = HowdahLogback.blocking(database);
        HowdahLogback journaling = HowdahLogback.journaling(database)) {
      LoggingThreads one = new LoggingThreads("Howdah, 1 thread", howdah, lines, scale.events(), 1);
      Contender two = new LoggingThreads("Howdah, 2 threads", howdah, lines, scale.events(), 2);
      Contender always =
          new LoggingThreads("journal=always, 1", journaling, lines, scale.events(), 1);
      Turn turn = new Turn(database, scale.events(), new Samples());
      turn.take(one);
      turn.take(two);
      turn.take(always);
      Contender drained = new DrainedJournal(howdah, one, scale.events(), database);
      turn.take(drained);
      Contender errors = new ErrorStorm(howdah, scale.events(), database);
      turn.take(errors);
      turn.take(one); // Whose rows are the ones to be copied.
      try (RawCopy raw = RawCopy.ofRowsIn(database)) {
        turn.take(raw);
        conditions.put("row", raw.bytes() / scale.events() + " bytes of COPY BINARY on average");
        Samples samples = rounds(database, scale, List.of(one, two, always, drained, errors, raw));
        return new Report(name(), conditions, samples, contender -> RawCopy.NAME);
      }
    }
  }

  private static Samples rounds(TestDatabase database, Scale scale, List<Contender> contenders)
      throws Exception {
    Samples samples = new Samples();
    Turn turn = new Turn(database, scale.events(), samples);
    for (int round = 1; round <= scale.rounds(); round++) {
      for (Contender contender : contenders) {
        turn.take(contender);
      }
    }
    return samples;
  }

  /** One contender writes the events of one round into an empty table. */
  private record Turn(TestDatabase database, int events, Samples samples) {

    void take(Contender contender) throws Exception {
      database.execute("TRUNCATE monitoring.log_events");
      database.execute("CHECKPOINT");
      contender.prepare();
      long cpu = Machine.cpuNanos();
      long start = System.nanoTime();
      contender.write();
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (Machine.cpuNanos() - cpu) / 1e9;
      check(contender);
      samples.add(contender.name(), RATE, events / seconds);
      samples.add(contender.name(), CPU, cpuSeconds / events * 1e6);
      System.out.printf("%-18s %9s events/s%n", contender.name(), Spread.number(events / seconds));
    }

    private void check(Contender contender) {
      String sql = "SELECT count(*), count(DISTINCT seq) FROM monitoring.log_events";
      List<String> expected = List.of("" + events, "" + events);
      List<?> found = database.query(sql).get(0);
      if (!found.equals(expected)) {
        throw new IllegalStateException(
            "%s: rows and distinct ones are %s, not %s"
                .formatted(contender.name(), found, expected));
      }
    }
  }
}
