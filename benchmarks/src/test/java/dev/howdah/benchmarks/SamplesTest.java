package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void theRatioIsThatOfTheMediansAndItsSpreadThatOfTheRounds() {
    Samples samples = new Samples();
    add(samples, "ours", 40, 80, 60);
    add(samples, "yardstick", 100, 50, 80);

    assertThat(samples.ratio("ours", "yardstick", "events/s"))
        .isEqualTo(new Spread(0.75, 0.4, 1.6));
  }

  @Test
  void theMedianOfTwoLiesBetweenThem() {
    Samples samples = new Samples();
    add(samples, "ours", 3, 1);

    assertThat(samples.spread("ours", "events/s")).isEqualTo(new Spread(2, 1, 3));
  }

  @Test
  void numbersReadTheSameInEveryCountry() {
    assertThat(new Spread(123_456, 1_000, 200_000)).hasToString("123,456 (1,000..200,000)");
    assertThat(new Spread(0.8, 0.8, 0.8)).hasToString("0.80");
  }

  private static void add(Samples samples, String contender, double... rounds) {
    for (double value : rounds) {
      samples.add(contender, "events/s", value);
    }
  }
}
