package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {

  @Test
  void withoutANameItSaysWhichThereAre() {
    assertThat(Bench.run(List.of())).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing-like-it",
        "throughput --slow",
        "caller throughput",
        "grouping --show=some"
      })
  void aWrongCommandLineIsRefused(String arguments) {
    assertThat(Bench.run(List.of(arguments.split(" ")))).isEqualTo(2);
  }
}
