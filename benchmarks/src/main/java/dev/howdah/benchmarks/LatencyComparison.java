package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.Map;

/**
 * How soon another session sees what was logged, alone and under load, beside an INSERT by the
 * caller and Log4j2's JdbcAppender without a buffer; and how long the caller waits for that.
 */
final class LatencyComparison implements Comparison {

  private static final String ALONE = ", alone";

  /** Loads for everyone, and one that is too much for who waits for each row. */
  private static final List<Integer> LOADS = List.of(0, 1_000);

  private static final int HEAVY_LOAD = 50_000;

  /**
   * How much is measured.
   *
   * @param rounds in which everyone has one turn at each load, after one that is not counted
   * @param events that are looked for in each turn
   */
  record Scale(int rounds, int events) {}

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String summary() {
    return "from the logging call to the row that another session sees, beside plain INSERTs";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench latency" + (options.quick() ? " --quick" : "");
    return run(command, options.quick() ? new Scale(2, 40) : new Scale(3, 100));
  }

  Report run(String command, Scale scale) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put(
        "rounds",
        "%d of %d events each, with pauses of 0 to 100 ms"
            .formatted(scale.rounds(), scale.events()));
    Samples samples = new Samples();
    try (VisibleRows rows = new VisibleRows(database);
        Insertion howdah = new HowdahInsertion("Howdah", HowdahLogback.blocking(database));
        Insertion hurried =
            new HowdahInsertion("flushInterval 10 ms", HowdahLogback.blocking(database, "10 ms"));
        Insertion insert = new CallersInsert(database);
        Insertion jdbcAppender = new JdbcAppenderInsertion(database)) {
      List<Insertion> asynchronous = List.of(howdah, hurried);
      List<Insertion> all = List.of(howdah, hurried, insert, jdbcAppender);
      for (Insertion insertion : all) {
        measure(insertion, 0, 10, rows, new Samples());
      }
      for (int round = 0; round < scale.rounds(); round++) {
        for (int load : LOADS) {
          for (Insertion insertion : all) {
            measure(insertion, load, scale.events(), rows, samples);
          }
        }
        for (Insertion insertion : asynchronous) {
          measure(insertion, HEAVY_LOAD, scale.events(), rows, samples);
        }
      }
    }
    return new Report(name(), conditions, samples, row -> CallersInsert.NAME + ALONE);
  }

  private static void measure(
      Insertion insertion, int load, int events, VisibleRows rows, Samples samples)
      throws Exception {
    String name = insertion.name() + (load == 0 ? ALONE : ", %,d/s".formatted(load));
    try (PacedLoad others = new PacedLoad(insertion::info, load)) {
      VisibleRows.Times times = rows.of(insertion, events);
      samples.add(name, "p50, ms", Percentile.of(times.visible(), 0.5));
      samples.add(name, "p99, ms", Percentile.of(times.visible(), 0.99));
      samples.add(name, "caller's p50, µs", Percentile.of(times.call(), 0.5));
      samples.add(name, "caller's p99, µs", Percentile.of(times.call(), 0.99));
      samples.add(name, "load, events/s", others.rate());
    }
    System.out.printf("%-34s done%n", name);
  }
}
