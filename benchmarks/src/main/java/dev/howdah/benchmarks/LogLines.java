package dev.howdah.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/**
 * The events that are logged over and over: lines of loghub's logs of HDFS, Hadoop, Spark and
 * ZooKeeper where they are at hand, else made ones of the same shape.
 *
 * @param events some thousand events
 * @param description where they come from
 */
record LogLines(List<LogEvent> events, String description) {

  /** Beside a clone; another folder may be named in {@code HOWDAH_BENCH_LOGS}. */
  private static final String FOLDER = "../shared/data/loghub";

  private static final int MADE = 4_000;

  static LogLines find() {
    String named = System.getenv("HOWDAH_BENCH_LOGS");
    Path folder = Path.of(named == null ? FOLDER : named);
    return Files.isDirectory(folder) ? read(folder) : made();
  }

  private static LogLines read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<LogEvent> events =
          files
              .filter(file -> file.toString().endsWith(".log"))
              .sorted()
              .flatMap(LogLines::lines)
              .map(LogEvent::parse)
              .filter(Objects::nonNull)
              .toList();
      return new LogLines(events, events.size() + " lines of loghub's logs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LogLines made() {
    Random random = new Random(42);
    List<LogEvent> events = IntStream.range(0, MADE).mapToObj(i -> made(random)).toList();
    return new LogLines(events, MADE + " made lines (no " + FOLDER + ")");
  }

  private static LogEvent made(Random random) {
    long block = random.nextLong();
    int number = random.nextInt(100_000);
    String address = "10.251.%d.%d:50010".formatted(random.nextInt(256), random.nextInt(256));
    return switch (random.nextInt(5)) {
      case 0 ->
          LogEvent.of(
              Level.INFO,
              "dfs.DataNode$PacketResponder",
              "PacketResponder " + number % 3 + " for block blk_" + block + " terminating");
      case 1 ->
          LogEvent.of(
              Level.INFO,
              "dfs.FSNamesystem",
              "BLOCK* NameSystem.addStoredBlock: blockMap updated: "
                  + address
                  + " is added to blk_"
                  + block
                  + " size 67108864");
      case 2 ->
          LogEvent.of(
              Level.WARN,
              "org.apache.hadoop.mapreduce.v2.app.rm.RMContainerAllocator",
              "Could not contact the resource manager at " + address + ", retrying in 1000 ms");
      case 3 ->
          LogEvent.of(
              Level.INFO,
              "executor.Executor",
              "Finished task " + number + ".0 in stage 27.0 (TID " + number + "). 2364 bytes sent");
      default ->
          LogEvent.of(
              Level.INFO, "SendWorker", "Interrupted while waiting for a message on the queue");
    };
  }
}
