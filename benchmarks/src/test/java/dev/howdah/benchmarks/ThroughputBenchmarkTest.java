package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.benchmarks.ThroughputComparison.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The benchmark still runs; how fast is for {@code bin/bench} to say. */
class ThroughputBenchmarkTest {

  @TempDir Path folder;

  @Test
  void everyContendersRowsAreThereAndInTheReport() throws Exception {
    // A row too few in any turn would end the run.
    Report report = new ThroughputComparison().run("a test", new Scale(6_000, 2));

    assertThat(report.text())
        .contains("postgresql", "jdk", "machine", "events/s", "ratio")
        .contains("Howdah, 1 thread", "Howdah, 2 threads", "raw COPY")
        .contains(JdbcBatches.NAME, JdbcAppenderThread.NAME, DbAppenderThread.NAME)
        .contains("JVM CPU s/million", "server CPU s/million");

    report.writeJson(folder);
    JsonNode json =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("throughput.json")));
    assertThat(json.at("/conditions/command").asString()).isEqualTo("a test");
    assertThat(json.at("/contenders")).hasSize(7);
    assertThat(json.at("/contenders/0/contender").asString()).isEqualTo("Howdah, 1 thread");
    assertThat(json.at("/contenders/0/yardstick").asString()).isEqualTo("raw COPY");
    assertThat(json.at("/contenders/0/ratio/median").asDouble()).isPositive();
    assertThat(json.at("/contenders/0/measures/events~1s/rounds")).hasSize(2);
  }
}
