package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark still runs, and every operation of every contender has its row. */
class CacheBenchmarkTest {

  @Test
  void eachOperationHasARowOfTheCacheAndOfWhatItIsMeasuredBy() throws Exception {
    Report report = new CacheComparison().run("a test", 1, 5, 1);

    for (CacheOperation operation : CacheOperation.values()) {
      assertThat(report.text())
          .contains(
              operation + ", 1, Howdah",
              operation + ", 1, logged table",
              operation + ", 1, " + PlainTablePeer.LABEL,
              operation + ", 1, " + RoundTripPeer.LABEL);
    }
    assertThat(report.text()).contains("GET, 1, near cache").doesNotContain("SET, 1, near cache");
  }
}
