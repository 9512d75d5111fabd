package dev.howdah.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The journal's disk is full while the database is away: a small tmpfs, or where none can be
 * mounted {@code journalMaxSize}. And one that is read-only from the start.
 */
final class FullDisk implements Scenario {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "full-disk";
  }

  @Override
  public String summary() {
    return "the journal's disk is full while the database is away; and one that is read-only";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    Outcome full = onDisk("size=4m", disk -> fill(run.rounds(10, 1), disk));
    return full.plus(onDisk("ro", disk -> use(disk)));
  }

  private interface Part {
    Outcome on(@Nullable Path disk) throws Exception;
  }

  private static Outcome onDisk(String options, Part part) throws Exception {
    Path disk = Files.createTempDirectory("howdah-chaos-disk");
    boolean mounted = command("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString());
    if (!mounted) {
      System.out.println("  no tmpfs can be mounted here with " + options);
    }
    try {
      return part.on(mounted ? disk : null);
    } finally {
      if (mounted) {
        command("umount", disk.toString());
      }
      Files.delete(disk);
    }
  }

  private static Outcome fill(int rounds, @Nullable Path disk) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("journalSegmentSize", "1 MiB");
    settings.put("maxMemory", "8 MiB");
    settings.put("batchSize", "256 KiB");
    settings.put("onFullTimeout", "1 ms");
    if (disk == null) {
      settings.put("journalMaxSize", "4 MiB");
    } else {
      settings.put("directory", disk.toString());
    }
    try (Subject subject = Subject.start(settings)) {
      for (int round = 0; round < rounds; round++) {
        logUntilSomeAreDropped(subject);
      }
      return Tally.inOrder(rounds, subject.tally(), subject.database());
    }
  }

  /** Without a journal it works as well, as long as the database is there. */
  private static Outcome use(@Nullable Path disk) throws Exception {
    if (disk == null) {
      return new Outcome(0, Tally.NOTHING, List.of());
    }
    try (Subject subject = Subject.start(Map.of("directory", disk.toString()))) {
      for (int i = 0; i < 1000; i++) {
        subject.events().log("FullDisk", "event of an application that does not care");
      }
      subject.settle(PATIENCE);
      return Tally.inOrder(1, subject.tally(), subject.database());
    }
  }

  private static void logUntilSomeAreDropped(Subject subject) throws InterruptedException {
    subject.events().log("FullDisk", "all is well");
    subject.settle(PATIENCE);
    subject.takeDatabaseAway();
    long before = subject.stats().dropped();
    long start = System.nanoTime();
    while (subject.stats().dropped() == before) {
      subject.events().log("FullDisk", "event of an application that does not care");
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("the disk is never full: " + subject.stats());
      }
    }
    subject.bringDatabaseBack();
    subject.settle(PATIENCE);
  }

  private static boolean command(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // There is no such command here.
    }
  }
}
