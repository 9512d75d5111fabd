package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark still runs, and finds the indexes as they were. */
class CacheChurnBenchmarkTest {

  @Test
  void theReportTellsSizesBeforeAndAfter() throws Exception {
    // An index that has grown would end the run.
    Report report = new CacheChurnComparison().run("a test", 4_000);

    assertThat(report.text())
        .contains(
            CacheChurnComparison.TABLE, CacheChurnComparison.INDEXES, CacheChurnComparison.HOT)
        .contains(CacheChurnComparison.BEFORE, "4,000 SETs more");
  }
}
