package dev.howdah.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What several rounds measured of one thing.
 *
 * @param median the middle one
 * @param min the least
 * @param max the most
 */
record Spread(double median, double min, double max) {

  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int last = sorted.size() - 1;
    double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(last));
  }

  /** As in {@code 0.81 (0.78..0.85)}; the median alone where all rounds agree. */
  @Override
  public String toString() {
    return min == max || Double.isNaN(median)
        ? number(median)
        : "%s (%s..%s)".formatted(number(median), number(min), number(max));
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "n/a";
    }
    String format = value >= 100 || value == 0 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
