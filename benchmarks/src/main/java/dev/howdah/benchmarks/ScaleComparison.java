package dev.howdah.benchmarks;

import dev.howdah.benchmarks.ScaleModel.Costs;
import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One server and more and more instances: as fast as they can with up to eight; many quiet ones, by
 * which a {@link ScaleModel} is set up and then checked; and what that model says of ten thousand.
 * The server is an embedded one of its own, for its many connections.
 */
final class ScaleComparison implements Comparison {

  static final String ONE = "1 instance";
  static final String RATE = "events/s, all";

  /**
   * How much is measured.
   *
   * @param events in each turn, of all instances together
   * @param rounds in which each number of instances has one turn, after one that is not counted
   * @param beats of the quiet instances, four a second
   * @param quiet numbers of quiet instances by which the model is checked; the first is its base
   */
  record Scale(int events, int rounds, int beats, List<Integer> quiet) {}

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String summary() {
    return "1 to 8 instances on one server, and a checked model of 10,000";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench scale" + (options.quick() ? " --quick" : "");
    return run(
        command,
        options.quick()
            ? new Scale(80_000, 2, 12, List.of(8, 16, 32))
            : new Scale(400_000, 5, 40, List.of(8, 16, 32, 64)));
  }

  Report run(String command, Scale scale) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(Map.of("max_connections", "300"))) {
      TestDatabase database = server.root();
      Map<String, String> conditions = Machine.conditions(command, database);
      LogLines lines = LogLines.find();
      conditions.put("events", Spread.number(scale.events()) + " a turn; " + lines.description());
      conditions.put("rounds", scale.rounds() + ", after one that is not counted");
      try (SessionWatch watch = new SessionWatch(database)) {
        Samples samples = new Samples();
        for (int round = 0; round <= scale.rounds(); round++) {
          Samples counted = round == 0 ? new Samples() : samples;
          for (int count = 1; count <= 8; count *= 2) {
            new Turn(database, watch, lines, scale.events()).take(count, counted);
          }
        }
        List<String> notes = ScaleTables.of(quiet(database, watch, scale), watch.locks());
        return new Report(name(), conditions, samples, contender -> ONE, notes);
      }
    }
  }

  /** First the two points that set the model up, few and many events in a batch; then others. */
  private static List<QuietInstances.Seen> quiet(
      TestDatabase database, SessionWatch watch, Scale scale) {
    endVacuum(database);
    List<QuietInstances.Seen> seen = new ArrayList<>();
    for (int count : scale.quiet()) {
      EmptyTable.make(database, "monitoring.log_events");
      try (QuietInstances instances = new QuietInstances(database, watch, count)) {
        seen.add(instances.log(1, scale.beats()));
        seen.add(instances.log(count == scale.quiet().get(0) ? 100 : 20, scale.beats()));
      }
    }
    return seen;
  }

  /**
   * Vacuum is no part of the model, and what the turns before have left to it would be taken for a
   * cost of the first batches. The server is this comparison's own.
   */
  private static void endVacuum(TestDatabase database) {
    database.execute("ALTER SYSTEM SET autovacuum = off");
    database.execute("SELECT pg_reload_conf()");
    String workers = "SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'autovacuum %'";
    while (database.count(workers) > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** What the first two points say: a straight line by the events in a batch. */
  static ScaleModel model(QuietInstances.Seen few, QuietInstances.Seen many) {
    double cpuPerEvent =
        Costs.perEvent(
            few.events(),
            few.cores() / few.batches(),
            many.events(),
            many.cores() / many.batches());
    double walPerEvent =
        Costs.perEvent(
            few.events(), few.wal() / few.batches(), many.events(), many.wal() / many.batches());
    return new ScaleModel(
        new Costs(
            few.cores() / few.batches() - few.events() * cpuPerEvent,
            cpuPerEvent,
            few.wal() / few.batches() - few.events() * walPerEvent,
            walPerEvent,
            few.connections() / few.instances(),
            few.memory(),
            few.busy() / few.batches()));
  }

  /** Instances of one number log as fast as they can into an emptied table. */
  private record Turn(TestDatabase database, SessionWatch watch, LogLines lines, int events) {

    void take(int count, Samples samples) throws Exception {
      List<HowdahLogback> instances = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          instances.add(HowdahLogback.blocking(database));
        }
        EmptyTable.make(database, "monitoring.log_events");
        ServerCpu server = ServerCpu.of(database);
        watch.restart();
        long wal = QuietInstances.walPosition(database);
        double cpu = server.seconds() - watch.ownCpuSeconds();
        long start = System.nanoTime();
        log(instances);
        double seconds = (System.nanoTime() - start) / 1e9;
        cpu = server.seconds() - watch.ownCpuSeconds() - cpu;
        wal = QuietInstances.walPosition(database) - wal;
        check(count);
        String name = count == 1 ? ONE : count + " instances";
        samples.add(name, RATE, events / seconds);
        samples.add(name, "server CPU s/million", cpu / events * 1e6);
        samples.add(name, "WAL B/event", (double) wal / events);
        samples.add(name, "waiting for a lock, %", watch.waitingPercent());
        samples.add(name, "connections", (double) watch.sessions());
        System.out.printf("%-12s %9s events/s%n", name, Spread.number(events / seconds));
      } finally {
        instances.forEach(HowdahLogback::close);
      }
    }

    private void log(List<HowdahLogback> instances) throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(instances.size());
      try {
        List<Callable<Void>> parts = new ArrayList<>();
        for (HowdahLogback howdah : instances) {
          Contender thread =
              new LoggingThreads("a part", howdah, lines, events / instances.size(), 1);
          parts.add(
              () -> {
                thread.write();
                return null;
              });
        }
        for (Future<Void> part : pool.invokeAll(parts)) {
          part.get();
        }
      } finally {
        pool.shutdown();
      }
    }

    private void check(int count) {
      String sql =
          "SELECT count(*), count(DISTINCT (instance_id, seq)), count(DISTINCT instance_id)"
              + " FROM monitoring.log_events";
      List<String> expected = List.of("" + events, "" + events, "" + count);
      List<?> found = database.query(sql).get(0);
      if (!found.equals(expected)) {
        throw new IllegalStateException(
            "%d instances: rows, distinct ones and writers are %s, not %s"
                .formatted(count, found, expected));
      }
    }
  }
}
