package dev.howdah.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SummaryTest {

  private static final Run RUN = new Run(true, 7);

  private static final Verdict PASSED =
      new Verdict("calm", Outcome.of(3, new Tally(9, 9, 9, 0, 0, 0, 9, 9, 9)), 1.25);

  private static final Verdict FAILED =
      new Verdict("storm", Outcome.of(4, new Tally(9, 9, 9, 0, 0, 0, 9, 9, 8)), 60);

  @Test
  void aLineForEachScenarioAndWhatWasWrongBelow() {
    String text = new Summary(RUN, List.of(PASSED, FAILED)).text();

    assertThat(text.lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "scenario rounds logged written rejected dropped journaled lost doubled seconds verdict",
            "calm 3 9 9 0 0 0 0 0 1.3 passed",
            "storm 4 9 9 0 0 0 1 1 60.0 FAILED",
            "",
            "storm: lost: 1, and should be 0",
            "storm: doubled: 1, and should be 0");
  }

  @Test
  void oneFailureIsAFailure() {
    assertThat(new Summary(RUN, List.of(PASSED)).isPassed()).isTrue();
    assertThat(new Summary(RUN, List.of(PASSED, FAILED)).isPassed()).isFalse();
  }

  @Test
  void machinesReadTheSame(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("new").resolve("chaos.json");

    new Summary(RUN, List.of(PASSED, FAILED)).writeJson(file);

    JsonNode json = JsonMapper.shared().readTree(file);
    assertThat(json.get("seed").asLong()).isEqualTo(7);
    assertThat(json.get("scenarios").size()).isEqualTo(2);
    assertThat(json.get("scenarios").get(1).get("lost").asLong()).isEqualTo(1);
    assertThat(json.get("scenarios").get(1).get("violations").size()).isEqualTo(2);
  }
}
