package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An event of parameters and ThreadContext allocates nothing on its way: on the thread that logs,
 * on Log4j2's own, on the encoder's. Measured by the JVM in a program of its own.
 */
@PostgresTest
class GarbageFreeTest {

  private static final double MOST_BYTES_PER_EVENT = 1;
  private static final double BYTES_OF_AN_INSTANT = 24;
  private static final String ASYNC =
      "-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector";

  private final TestDatabase db;
  @TempDir Path directory;

  GarbageFreeTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void asynchronousLoggersAllocateNothingPerEvent() throws Exception {
    Map<String, Double> bytes = bytesPerEvent(ASYNC, "-Dlog4j2.clock=CachedClock");
    assertThat(bytes.keySet()).as("threads").hasSize(3);
    assertThat(bytes.values()).as(bytes.toString()).allMatch(b -> b < MOST_BYTES_PER_EVENT);
  }

  @Test
  void underLog4j2sSystemClockOnlyTheCallerAllocatesAndOnlyAnInstant() throws Exception {
    Map<String, Double> bytes = new LinkedHashMap<>(bytesPerEvent(ASYNC));
    assertThat(bytes.keySet()).as("threads").hasSize(3);
    // MutableInstant.initFrom(SystemClock) makes one, which not every compiler can do without.
    assertThat(bytes.remove("caller")).isLessThan(BYTES_OF_AN_INSTANT + MOST_BYTES_PER_EVENT);
    assertThat(bytes.values()).as(bytes.toString()).allMatch(b -> b < MOST_BYTES_PER_EVENT);
  }

  @Test
  void synchronousLoggersAllocateNothingPerEvent() throws Exception {
    Map<String, Double> bytes = bytesPerEvent("-Dlog4j2.clock=CachedClock");
    assertThat(bytes.keySet()).as("threads").hasSize(2);
    assertThat(bytes.values()).as(bytes.toString()).allMatch(b -> b < MOST_BYTES_PER_EVENT);
  }

  private Map<String, Double> bytesPerEvent(String... options) throws Exception {
    List<String> lines = run(options).lines().filter(line -> line.contains("=")).toList();
    Map<String, Double> bytes = new LinkedHashMap<>();
    double events = 0;
    for (String line : lines) {
      int at = line.lastIndexOf('=');
      double value = Double.parseDouble(line.substring(at + 1));
      if (line.startsWith("events=")) {
        events = value;
      } else {
        bytes.put(line.substring(0, at), value / events);
      }
    }
    System.out.println("[bytes per event] " + bytes);
    return bytes;
  }

  private String run(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dlog4j2.configurationFile=" + configuration());
    arguments.add("-Dlog4j2.garbagefreeThreadContextMap=true");
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.add(AllocationProgram.class.getName());
    ForkedJvm.Result ended = ForkedJvm.java(arguments, Map.of());
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  /** Little memory, so that every batch there can be is in use, and grown, before it measures. */
  private Path configuration() throws IOException {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      return Files.writeString(
          directory.resolve("log4j2.xml"),
          Log4j2Fixture.file(
              "<Postgres name='PG' onFull='block' onFullTimeout='1 min' ringSize='1024'"
                  + " flushInterval='1 ms'"
                  + " maxMemory='8 MiB' batchSize='256 KiB' maxMessageLength='1000'"
                  + " maxContextLength='1000' maxStackTraceLength='1000' "
                  + fixture.attributes()
                  + "/>"));
    }
  }
}
