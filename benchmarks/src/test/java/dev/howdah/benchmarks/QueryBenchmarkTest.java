package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.benchmarks.QueryComparison.Scale;
import org.junit.jupiter.api.Test;

/** What is read does not depend on the clock. */
class QueryBenchmarkTest {

  @Test
  void aServicesTailReadsFewBuffersAndFewDays() throws Exception {
    // A different number of rows in the naive table would end the run.
    Samples samples = new QueryComparison().run("a test", new Scale(30_000, 1)).samples();

    assertThat(samples.contenders()).hasSize(2 * 16);
    assertThat(samples.spread("tail, service of 20 %", QueryComparison.PARTITIONS).max())
        .isBetween(1.0, 2.0);
    assertThat(samples.spread(QueryComparison.WITH_INDEX, QueryComparison.BUFFERS).max())
        .isBetween(1.0, 200.0);
    assertThat(samples.spread("trace id, a day named", QueryComparison.PARTITIONS).max())
        .isBetween(1.0, 4.0);
  }
}
