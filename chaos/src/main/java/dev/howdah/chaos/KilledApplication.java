package dev.howdah.chaos;

import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TemporaryFolder;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An application with {@code journal=always} is killed at random moments under load, every other
 * time while the database is away; each start adopts what the ones before have left. Of each thread
 * only the last events may be missing: those that were in the ring or in the open batch.
 */
final class KilledApplication implements Scenario {

  private static final int THREADS = 2;
  private static final Pattern LINE = Pattern.compile("\\d+ \\d+ \\d{13}");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** What a victim's thread had logged, and when that burst began. */
  private record Logged(long events, long sinceMillis) {}

  /** A victim that is dead: what it said of each thread, and when it was killed. */
  private record Dead(long pid, Map<Integer, List<Logged>> threads, long killedAtMillis) {}

  @Override
  public String name() {
    return "killed-application";
  }

  @Override
  public String summary() {
    return "kill -9 of an application with journal=always, and what its next start finds";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    TestDatabase database = Schema.installedIn(PostgresServer.shared().createDatabase());
    try (TemporaryFolder folder = TemporaryFolder.create("howdah-chaos");
        FaultyProxy proxy = new FaultyProxy(database.host(), database.port())) {
      Path directory = folder.path();
      List<String> settings = settings(database, proxy, directory);
      Random random = run.random(0);
      int rounds = run.rounds(100, 4);
      List<Dead> dead = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        if (round % 2 == 1) {
          proxy.refuse();
        }
        // The first lives until it is heard of: there must be something to look at.
        BooleanSupplier grown = round == 0 ? () -> isHeardOf(database) : () -> true;
        dead.add(kill(settings, grown, random.nextLong(LONGEST_PAUSE_NANOS)));
        proxy.accept();
      }
      adoptAll(settings, directory);
      return judge(dead, database);
    }
  }

  private static List<String> settings(TestDatabase database, FaultyProxy proxy, Path directory) {
    return List.of(
        "url",
        "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable"
            .formatted(proxy.port(), database.name()),
        "username",
        database.username(),
        "password",
        database.password().isEmpty() ? "none" : database.password(),
        "directory",
        directory.toString(),
        "service",
        "victim",
        "maintain",
        "false",
        "journal",
        "always",
        "journalSegmentSize",
        "1 MiB",
        "onFull",
        "block",
        "onFullTimeout",
        "1 min",
        "retryMin",
        "10 ms",
        "retryMax",
        "100 ms");
  }

  private static boolean isHeardOf(TestDatabase database) {
    return database.count("SELECT count(*) FROM monitoring.logs") > 0;
  }

  /** Starts a victim, and kills it some time after it has begun to log and has grown. */
  private static Dead kill(List<String> settings, BooleanSupplier grown, long pauseNanos)
      throws Exception {
    Path output = Files.createTempFile("howdah-victim", ".txt");
    try {
      Process victim =
          new ProcessBuilder(command(settings))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        long start = System.nanoTime();
        while (Files.size(output) == 0 || !grown.getAsBoolean()) {
          if (!victim.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
            throw new IllegalStateException("a victim does nothing: " + victim);
          }
          LockSupport.parkNanos(LOOK_NANOS);
        }
        LockSupport.parkNanos(pauseNanos);
      } finally {
        victim.destroyForcibly();
      }
      long killedAt = System.currentTimeMillis();
      victim.waitFor();
      return new Dead(victim.pid(), said(output), killedAt);
    } finally {
      Files.delete(output);
    }
  }

  private static List<String> command(List<String> settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                "" + THREADS));
    command.addAll(settings);
    return command;
  }

  private static Map<Integer, List<Logged>> said(Path output) throws IOException {
    Map<Integer, List<Logged>> threads = new TreeMap<>();
    for (String line : Files.readAllLines(output)) {
      if (LINE.matcher(line).matches()) { // The last may be half a line.
        String[] parts = line.split(" ", -1);
        threads
            .computeIfAbsent(Integer.valueOf(parts[0]), t -> new ArrayList<>())
            .add(new Logged(Long.parseLong(parts[1]), Long.parseLong(parts[2])));
      }
    }
    return threads;
  }

  /** A last start that ends in order. */
  private static void adoptAll(List<String> settings, Path directory) throws Exception {
    HowdahConfig.Builder config = HowdahConfig.builder();
    for (int i = 0; i < settings.size(); i += 2) {
      config.set(settings.get(i), settings.get(i + 1));
    }
    Howdah last = Howdah.start(config.build(), new PipelineListener() {});
    try {
      long start = System.nanoTime();
      while (hasSegments(directory)) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new IllegalStateException("what was left is not adopted");
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } finally {
      last.close();
    }
  }

  private static boolean hasSegments(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".journal"));
    } catch (UncheckedIOException e) {
      return true; // Some are just being deleted.
    }
  }

  private static Outcome judge(List<Dead> dead, TestDatabase database) {
    Tally sum = Tally.NOTHING;
    List<String> violations = new ArrayList<>();
    long oldestMissing = 0;
    for (Dead victim : dead) {
      for (Map.Entry<Integer, List<Logged>> thread : victim.threads().entrySet()) {
        List<Long> found =
            database
                .query(
                    """
                    SELECT count(*),
                           count(DISTINCT l.message),
                           coalesce(max(split_part(l.message, ' ', 1)::bigint) + 1, 0)
                    FROM monitoring.logs l
                    WHERE l.pid = %d AND l.thread = 'victim-%d'
                    """
                        .formatted(victim.pid(), thread.getKey()))
                .get(0)
                .stream()
                .map(Long::valueOf)
                .toList();
        long rows = found.get(0);
        long end = found.get(2);
        long said = thread.getValue().get(thread.getValue().size() - 1).events();
        if (end > found.get(1)) {
          violations.add("a gap in what thread %s of a victim logged".formatted(thread.getKey()));
        }
        long missing = Math.max(0, said - end);
        if (missing > 0) {
          long since =
              thread.getValue().stream()
                  .filter(logged -> logged.events() > end)
                  .findFirst()
                  .orElseThrow()
                  .sinceMillis();
          oldestMissing = Math.max(oldestMissing, victim.killedAtMillis() - since);
        }
        long logged = Math.max(said, end);
        sum = sum.plus(new Tally(logged, logged, rows, 0, missing, 0, rows, rows, found.get(1)));
      }
    }
    System.out.printf(
        "  %,d events of killed applications are missing, the oldest logged %d ms before the kill%n",
        sum.dropped(), oldestMissing);
    Outcome outcome = Tally.inOrder(dead.size(), sum, database);
    return outcome.plus(new Outcome(0, Tally.NOTHING, violations));
  }
}
