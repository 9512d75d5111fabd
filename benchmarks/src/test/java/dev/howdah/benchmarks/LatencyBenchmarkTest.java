package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark still runs; how soon is for {@code bin/bench} to say. */
class LatencyBenchmarkTest {

  @Test
  void eachEventBecomesVisibleAloneAndUnderLoad() throws Exception {
    // One that never comes would end the run.
    Report report = new LatencyComparison().run("a test", new LatencyComparison.Scale(1, 2));

    assertThat(report.samples().contenders())
        .hasSize(10)
        .contains("Howdah, alone", "Howdah, 50,000/s", "INSERT by the caller, alone");
  }
}
