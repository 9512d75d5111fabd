package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark still runs; how fast is for {@code bin/bench} to say. */
class OutageBenchmarkTest {

  @Test
  void whatWasLoggedInAnOutageIsThereAndInTheReport() throws Exception {
    // A row too few after any outage would end the run.
    Report report = new OutageComparison().run("a test", new OutageComparison.Scale(10_000, 1, 2));

    assertThat(report.samples().contenders())
        .containsExactly("no outage", "outage of 1 s", "outage of 2 s", RawCopy.NAME);
    assertThat(report.samples().of("outage of 2 s", OutageComparison.WAIT)).hasSize(1);
  }
}
