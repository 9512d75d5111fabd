package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Exceptions a second, thrown, logged, grouped and counted, of one bug and of many, beside the same
 * log line without an exception. A bug that is not counted to the last occurrence ends the run.
 */
final class ErrorsComparison implements Comparison {

  /**
   * How much is measured.
   *
   * @param events in each turn; each number of bugs divides it without a rest
   * @param rounds in which everyone has one turn, after one that is not counted
   * @param bugs how many there are, a contender for each number
   */
  record Scale(int events, int rounds, List<Integer> bugs) {}

  @Override
  public String name() {
    return "errors";
  }

  @Override
  public String summary() {
    return "exceptions a second, of 1, 50 and 5,000 bugs, beside the line without exception";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench errors" + (options.quick() ? " --quick" : "");
    List<Integer> bugs = List.of(1, 50, 5_000);
    return run(command, options.quick() ? new Scale(10_000, 3, bugs) : new Scale(50_000, 5, bugs));
  }

  Report run(String command, Scale scale) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put("events", Spread.number(scale.events()) + " a turn");
    conditions.put("rounds", scale.rounds() + ", after one that is not counted");
    try (HowdahLogback howdah = HowdahLogback.blocking(database)) {
      List<Contender> contenders = new ArrayList<>();
      contenders.add(new ErrorLines(howdah, scale.events()));
      for (int bugs : scale.bugs()) {
        String name = bugs == 1 ? "1 bug" : "%,d bugs".formatted(bugs);
        contenders.add(new ErrorStorm(name, howdah, bugs, scale.events(), database));
      }
      Samples samples = Turn.rounds(database, scale.rounds(), contenders);
      return new Report(name(), conditions, samples, contender -> ErrorLines.NAME);
    }
  }
}
