package dev.howdah.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is promised about memory, by default a quarter of 64 MiB for 8192 slots. */
class SlotBudgetTest {

  private static final long DEFAULT_BYTES = 16 << 20;

  @Test
  void textsOf256CharactersKeepTheirRoomByDefaultAndNeverMoreThanOfLog4j2() {
    assertThat(new SlotBudget(DEFAULT_BYTES, 8192).keptChars()).isEqualTo(256);
    assertThat(new SlotBudget(DEFAULT_BYTES / 16, 8192).keptChars()).isEqualTo(16);
    assertThat(new SlotBudget(64 * DEFAULT_BYTES, 8192).keptChars()).isEqualTo(518);
  }

  @Test
  void sharesExcessAndKeptTextsTogetherAreAllThereIs() {
    SlotBudget budget = new SlotBudget(DEFAULT_BYTES, 8192);
    long share = 1024;
    assertThat(budget.excess(share)).isZero();
    assertThat(budget.excess(share + 1)).isEqualTo(1);
    long largest = budget.excess(Long.MAX_VALUE);

    assertThat(8192 * share + largest + 8192L * 2 * budget.keptChars()).isEqualTo(DEFAULT_BYTES);
    assertThat(budget.tryReserve(largest)).isTrue();
    assertThat(budget.tryReserve(1)).isFalse();
    budget.release(largest);
    assertThat(budget.tryReserve(1)).isTrue();
  }
}
