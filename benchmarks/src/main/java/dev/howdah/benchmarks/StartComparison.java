package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.Map;

/**
 * What Howdah adds to the start of an application: the first logging call of a fresh JVM, beside
 * the same with an appender that does nothing; and how soon its row is there.
 */
final class StartComparison implements Comparison {

  static final String SCHEMA_THERE = ", Howdah";
  static final String EMPTY_DATABASE = ", Howdah, empty database";
  static final String NOTHING = ", nothing";

  private static final List<String> FRAMEWORKS = List.of("logback", "log4j2");

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String summary() {
    return "the first logging call of a fresh JVM and its row, beside an appender that does nothing";
  }

  @Override
  public Report run(Options options) throws Exception {
    return run("bin/bench start" + (options.quick() ? " --quick" : ""), options.quick() ? 4 : 15);
  }

  /**
   * Measures.
   *
   * @param rounds in each of which everyone starts once, after one that is not counted
   */
  Report run(String command, int rounds) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put("rounds", rounds + ", each start in a fresh JVM, after one that is not counted");
    round(database, new Samples());
    Samples samples = new Samples();
    for (int round = 0; round < rounds; round++) {
      round(database, samples);
    }
    return new Report(name(), conditions, samples, StartComparison::yardstickOf);
  }

  private static void round(TestDatabase database, Samples samples) throws Exception {
    for (String framework : FRAMEWORKS) {
      FreshJvm howdah = new FreshJvm(framework, "howdah");
      FreshJvm.Times nothing = new FreshJvm(framework, "none").logTo(database);
      add(framework + NOTHING, nothing, nothing, samples);
      add(framework + SCHEMA_THERE, howdah.logTo(database), nothing, samples);
      TestDatabase empty = PostgresServer.shared().createDatabase();
      add(framework + EMPTY_DATABASE, howdah.logTo(empty), nothing, samples);
    }
  }

  private static void add(
      String name, FreshJvm.Times times, FreshJvm.Times nothing, Samples samples) {
    samples.add(name, "first call, ms", times.call());
    samples.add(name, "added, ms", times.call() - nothing.call());
    samples.add(name, "row visible, ms", times.row());
    samples.add(name, "JVM CPU, ms", times.cpu());
    System.out.printf("%-32s %7s ms%n", name, Spread.number(times.call()));
  }

  private static String yardstickOf(String contender) {
    return contender.substring(0, contender.indexOf(',')) + NOTHING;
  }
}
