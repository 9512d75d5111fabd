package dev.howdah.chaos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TemporaryFolder;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Many instances throw the same bugs, while a team resolves, ignores and merges them at random. */
final class DecidedErrors implements Scenario {

  private static final int INSTANCES = 64;
  private static final int BUGS = 50;
  private static final int CONNECTIONS = 24;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final Duration SOON = Duration.ofMinutes(1);

  /** What must hold afterwards: a question, and what is wrong where its answer is not 0. */
  private record Rule(String wrong, String sql) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "issues count otherwise than their groups",
              """
              SELECT (SELECT sum(occurrences) FROM monitoring.issues)
                   - (SELECT sum(occurrences) FROM monitoring.error_groups)
              """),
          new Rule(
              "weights of occurrences don't add up to the counts",
              """
              SELECT count(*)
              FROM monitoring.error_groups g
              WHERE g.occurrences <> (
                SELECT sum(o.weight)
                FROM monitoring.error_occurrences o
                WHERE o.group_id = g.group_id)
              """),
          new Rule("counts are not folded", "SELECT count(*) FROM monitoring.error_deltas"),
          new Rule(
              "groups are merged over two steps",
              """
              SELECT count(*)
              FROM monitoring.error_groups g
              JOIN monitoring.error_groups r ON r.group_id = g.merged_into
              WHERE r.merged_into IS NOT NULL
              """),
          new Rule(
              "changes of a status don't follow from the one before: a regression was seen twice",
              """
              SELECT count(*)
              FROM (
                SELECT old_value,
                       lag(new_value, 1, 'unresolved') OVER (
                         PARTITION BY group_id
                         ORDER BY change_id) AS former
                FROM monitoring.error_group_history
                WHERE field = 'status') changes
              WHERE old_value <> former
              """),
          new Rule(
              "there were deadlocks",
              "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));

  private final AtomicLongArray thrown = new AtomicLongArray(BUGS);
  private volatile boolean stopped;

  @Override
  public String name() {
    return "decided-errors";
  }

  @Override
  public String summary() {
    return INSTANCES
        + " instances throw the same "
        + BUGS
        + " bugs while a team resolves, ignores and merges them";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    TestDatabase database = Schema.installedIn(PostgresServer.shared().createDatabase());
    stopped = false;
    for (int bug = 0; bug < BUGS; bug++) {
      thrown.set(bug, 0);
    }
    try (TemporaryFolder folder = TemporaryFolder.create("howdah-chaos");
        HikariDataSource pool = pool(database)) {
      return run(run, database, pool, folder.path());
    }
  }

  private static HikariDataSource pool(TestDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  private Outcome run(Run run, TestDatabase database, HikariDataSource pool, Path directory)
      throws Exception {
    List<Howdah> instances = new ArrayList<>();
    List<NumberedEvents> events = new ArrayList<>();
    try {
      for (int i = 0; i < INSTANCES; i++) {
        Howdah howdah = Howdah.start(config(pool, directory), new PipelineListener() {});
        instances.add(howdah);
        events.add(new NumberedEvents(howdah.pipeline()));
      }
      int decisions = throwAndDecide(run, database, events);
      for (Howdah howdah : instances) {
        howdah.flush(SOON);
      }
      Outcome outcome = Outcome.of(decisions, tally(instances, events, database));
      return judge(outcome, database);
    } finally {
      instances.forEach(Howdah::close);
    }
  }

  private static HowdahConfig config(HikariDataSource pool, Path directory) {
    return HowdahConfig.builder()
        .dataSource(pool)
        .set("service", "chaos")
        .set("directory", directory.toString())
        .set("journal", "off")
        .set("shutdownHook", "false")
        .set("onFull", "block")
        .set("onFullTimeout", "1 min")
        .set("ringSize", "256")
        .set("maxMemory", "4 MiB")
        .set("batchSize", "64 KiB")
        .set("occurrencesPerSecond", "10")
        .build();
  }

  private int throwAndDecide(Run run, TestDatabase database, List<NumberedEvents> events)
      throws InterruptedException, ExecutionException {
    List<FutureTask<Integer>> work = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      NumberedEvents mine = events.get(i);
      Random random = run.random(1 + i);
      work.add(new FutureTask<>(() -> throwBugs(mine, random)));
    }
    FutureTask<Integer> team = new FutureTask<>(() -> decide(database, run.random(0)));
    work.add(team);
    work.forEach(task -> new Thread(task, "errors").start());
    TimeUnit.SECONDS.sleep(run.rounds(60, 5));
    stopped = true;
    for (FutureTask<Integer> task : work) {
      task.get();
    }
    return team.get();
  }

  private int throwBugs(NumberedEvents events, Random random) {
    int count = 0;
    while (!stopped) {
      for (int i = 0; i < 5; i++, count++) {
        int bug = random.nextInt(BUGS);
        events.error("Shop", "bug " + bug, bug(bug, random.nextInt(3)));
        thrown.incrementAndGet(bug);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return count;
  }

  /** The same bug in another line and with another message. */
  private static Throwable bug(int number, int form) {
    Throwable bug = new IllegalStateException("no answer after " + form + " s");
    bug.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("com.acme.Bug" + number, "call", "Bug.java", 10 + form),
          new StackTraceElement("com.acme.Main", "run", "Main.java", 20)
        });
    return bug;
  }

  private int decide(TestDatabase database, Random random) throws SQLException {
    int decisions = 0;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      while (!stopped) {
        List<String> fingerprints =
            database.query("SELECT fingerprint FROM monitoring.error_groups").stream()
                .map(row -> "'" + row.get(0) + "'")
                .toList();
        if (fingerprints.isEmpty()) {
          LockSupport.parkNanos(PAUSE_NANOS);
          continue;
        }
        String one = fingerprints.get(random.nextInt(fingerprints.size()));
        String other = fingerprints.get(random.nextInt(fingerprints.size()));
        statement.execute("SELECT monitoring." + decision(random, one, other));
        decisions++;
      }
    }
    return decisions;
  }

  private static String decision(Random random, String one, String other) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> "resolve_error(" + one + ")";
      case 2 -> "ignore_error(" + one + ", p_occurrences => 1000)";
      case 3 -> "merge_errors(" + one + ", " + other + ")";
      case 4 -> "unmerge_error(" + one + ")";
      default -> "assign_error(" + one + ", 'ann')";
    };
  }

  private static Tally tally(
      List<Howdah> instances, List<NumberedEvents> events, TestDatabase database) {
    return IntStream.range(0, INSTANCES)
        .mapToObj(
            i ->
                Tally.of(
                    events.get(i),
                    instances.get(i).stats(),
                    database,
                    instances.get(i).instanceId()))
        .reduce(Tally.NOTHING, Tally::plus);
  }

  private Outcome judge(Outcome outcome, TestDatabase database) {
    String folded = "SELECT groups_counted FROM monitoring.fold_errors()";
    while (!"0".equals(database.value(folded)) || isBusy(database)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Outcome judged = outcome;
    for (int bug = 0; bug < BUGS; bug++) {
      long counted =
          database.count(
              "SELECT coalesce(sum(occurrences), 0) FROM monitoring.error_groups"
                  + " WHERE culprit = 'com.acme.Bug%d.call'".formatted(bug));
      if (counted != thrown.get(bug)) {
        judged =
            judged.with(
                "bug %d: counted %d, and should be %d".formatted(bug, counted, thrown.get(bug)));
      }
    }
    for (Rule rule : RULES) {
      if (database.count(rule.sql()) != 0) {
        judged = judged.with(rule.wrong());
      }
    }
    return judged;
  }

  /** Another session may have been folding just then. */
  private static boolean isBusy(TestDatabase database) {
    return database.count("SELECT count(*) FROM monitoring.error_deltas") > 0;
  }
}
