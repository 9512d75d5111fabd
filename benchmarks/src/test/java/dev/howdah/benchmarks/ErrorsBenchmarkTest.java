package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark still runs; how fast is for {@code bin/bench} to say. */
class ErrorsBenchmarkTest {

  @Test
  void everyBugIsCountedToTheLastOccurrence() throws Exception {
    // One that is missing in a group would end the run.
    Report report =
        new ErrorsComparison().run("a test", new ErrorsComparison.Scale(1_200, 1, List.of(1, 60)));

    assertThat(report.samples().contenders()).containsExactly(ErrorLines.NAME, "1 bug", "60 bugs");
  }
}
