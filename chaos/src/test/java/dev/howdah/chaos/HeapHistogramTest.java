package dev.howdah.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class HeapHistogramTest {

  private record Kept(long a, long b) {}

  @Test
  void seesWhatIsKeptAndNotWhatIsGarbage() throws Exception {
    HeapHistogram before = HeapHistogram.now();
    Kept[] kept = new Kept[10_000];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new Kept(i, i);
    }
    HeapHistogram with = HeapHistogram.now();

    assertThat(with.grownSince(before).get(Kept.class.getName()))
        .isGreaterThanOrEqualTo(kept.length * 16L);
    kept = null;
    assertThat(HeapHistogram.now().grownSince(before)).doesNotContainKey(Kept.class.getName());
  }

  @Test
  void addsUpTheClassesOfOneNameAndLeavesOutTheTotal() {
    HeapHistogram histogram =
        HeapHistogram.parse(
            """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         10409        1248176  [B (java.base@17.0.15)
               2:             3             72  dev.howdah.Same
               3:             1             24  dev.howdah.Same
            Total         10413        1248272
            """);

    assertThat(histogram.bytes())
        .containsOnly(entry("[B", 1248176L), entry("dev.howdah.Same", 96L));
    assertThat(histogram.total()).isEqualTo(1248272);
  }
}
