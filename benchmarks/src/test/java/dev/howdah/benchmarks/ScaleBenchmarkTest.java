package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.benchmarks.ScaleComparison.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark still runs; what a server takes is for {@code bin/bench} to say. */
class ScaleBenchmarkTest {

  @Test
  void everyInstancesRowsAreThereAndTheModelIsBesideThem() throws Exception {
    // A row too few in any turn would end the run.
    Report report = new ScaleComparison().run("a test", new Scale(4_000, 1, 4, List.of(2, 3)));

    assertThat(report.samples().contenders())
        .containsExactly("1 instance", "2 instances", "4 instances", "8 instances");
    assertThat(report.text())
        .contains("by the model", "where that server ends", "10000", "pooler: ", "instances, by ");
  }
}
