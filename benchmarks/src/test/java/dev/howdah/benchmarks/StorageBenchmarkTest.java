package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Bytes don't depend on the clock; as few events as here pay for pages that are not full. */
class StorageBenchmarkTest {

  @Test
  void anEventTakesLessThanInDbAppendersTables() throws Exception {
    // Facts that are not the same in all would end the run.
    Samples samples = new StorageComparison().run("a test", 10_000).samples();

    assertThat(samples.contenders()).hasSize(6);
    for (String what : new String[] {StorageComparison.PLAIN, StorageComparison.STACKS}) {
      assertThat(
              samples
                  .ratio(what + ", Howdah", what + ", DBAppender", StorageComparison.TOTAL)
                  .median())
          .isBetween(0.01, 0.9);
    }
  }
}
