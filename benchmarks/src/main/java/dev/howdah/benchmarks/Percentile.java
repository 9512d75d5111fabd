package dev.howdah.benchmarks;

import java.util.List;

/** What a part of many values does not exceed. */
final class Percentile {

  private Percentile() {}

  /**
   * Gives the least value that as large a part of all does not exceed.
   *
   * @param sorted all values, rising
   * @param part above 0, up to 1
   */
  static double of(List<Double> sorted, double part) {
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }
}
