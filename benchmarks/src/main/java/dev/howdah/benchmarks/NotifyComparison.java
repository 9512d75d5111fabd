package dev.howdah.benchmarks;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;

/**
 * How soon people hear of a new bug: from the call that captures it to the request that a webhook's
 * receiver on the loopback has. There is no peer; a bug of which nobody is told ends the run.
 */
final class NotifyComparison implements Comparison {

  static final String ONE = "1 instance";
  static final String FOUR = "4 instances at once";
  static final String RESTARTED = "server restarted";

  private static final int INSTANCES = 4;

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public String summary() {
    return "seconds from a new bug to the webhook's request, also with PostgreSQL restarted";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench notify" + (options.quick() ? " --quick" : "");
    return run(command, options.quick() ? 40 : 200);
  }

  /**
   * Measures.
   *
   * @param bugs how many in each row, in all instances together
   */
  Report run(String command, int bugs) throws Exception {
    TestDatabase server = PostgresServer.shared().root();
    Map<String, String> conditions = Machine.conditions(command, server);
    conditions.put("bugs", bugs + " in each row, with pauses of 0 to 500 ms");
    conditions.put("target", "p99 under 2 s");
    Samples samples = new Samples();
    measure(ONE, PostgresServer.shared().createDatabase(), 1, bugs, () -> {}, samples);
    measure(FOUR, PostgresServer.shared().createDatabase(), INSTANCES, bugs, () -> {}, samples);
    try (EmbeddedServer own = EmbeddedServer.start(Map.of("synchronous_commit", "on"))) {
      measure(RESTARTED, own.root(), 1, bugs, own::restart, samples);
    }
    return new Report(name(), conditions, samples, contender -> ONE);
  }

  private static void measure(
      String row, TestDatabase database, int count, int bugs, Runnable mischief, Samples samples)
      throws Exception {
    List<NewBugs> instances = new ArrayList<>();
    try (TimedInbox inbox = new TimedInbox()) {
      try {
        for (int i = 0; i < count; i++) {
          instances.add(new NewBugs(i, database, inbox));
        }
        instances.forEach(NewBugs::warmUp);
        throwAll(instances, bugs / count / 2);
        Thread restart = new Thread(mischief, "mischief");
        restart.start();
        throwAll(instances, bugs / count - bugs / count / 2);
        restart.join();
        add(row, instances, inbox, samples);
      } finally {
        instances.forEach(NewBugs::close);
      }
    }
  }

  private static void add(String row, List<NewBugs> instances, TimedInbox inbox, Samples samples) {
    List<Double> latencies =
        instances.stream().flatMap(i -> i.latencies().values().stream()).sorted().toList();
    samples.add(row, "p99, s", Percentile.of(latencies, 0.99));
    samples.add(row, "p50, s", Percentile.of(latencies, 0.5));
    samples.add(row, "longest, s", Percentile.of(latencies, 1));
    samples.add(row, "told", latencies.size());
    samples.add(row, "told again", inbox.again());
  }

  /** Each on a thread of its own. */
  private static void throwAll(List<NewBugs> instances, int bugs) throws Exception {
    List<FutureTask<Boolean>> threads = new ArrayList<>();
    for (NewBugs instance : instances) {
      FutureTask<Boolean> task =
          new FutureTask<>(
              () -> {
                instance.throwBugs(bugs);
                return true;
              });
      threads.add(task);
      new Thread(task, "bugs").start();
    }
    for (FutureTask<Boolean> thread : threads) {
      thread.get();
    }
  }
}
