package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The benchmark still runs; how soon people are told is for {@code bin/bench} to say. */
class NotifyBenchmarkTest {

  @TempDir Path folder;

  @Test
  void peopleAreToldOfEveryBugAndItIsInTheReport() throws Exception {
    // A bug of which nobody is told would end the run.
    Report report = new NotifyComparison().run("a test", 8);

    assertThat(report.text())
        .contains("target", "p99, s", "longest, s")
        .contains(NotifyComparison.ONE, NotifyComparison.FOUR, NotifyComparison.RESTARTED);

    report.writeJson(folder);
    JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("notify.json")));
    assertThat(json.at("/contenders")).hasSize(3);
    assertThat(json.at("/contenders/2/measures/told/median").asInt()).isEqualTo(8);
  }
}
