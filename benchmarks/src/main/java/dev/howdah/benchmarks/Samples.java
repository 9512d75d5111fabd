package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each contender measured in each round. */
final class Samples {

  private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

  void add(String contender, String measure, double value) {
    values
        .computeIfAbsent(contender, c -> new LinkedHashMap<>())
        .computeIfAbsent(measure, m -> new ArrayList<>())
        .add(value);
  }

  Set<String> contenders() {
    return values.keySet();
  }

  /** The measures, in the order in which they came. */
  Set<String> measures() {
    return values.values().iterator().next().keySet();
  }

  /** How many times each was measured. */
  int rounds() {
    return of(contenders().iterator().next(), measures().iterator().next()).size();
  }

  List<Double> of(String contender, String measure) {
    return values.get(contender).get(measure);
  }

  Spread spread(String contender, String measure) {
    return Spread.of(of(contender, measure));
  }

  /**
   * Contender by yardstick: the ratio of their medians, which a reader can check in the table, and
   * how far it went in single rounds.
   */
  Spread ratio(String contender, String yardstick, String measure) {
    List<Double> own = of(contender, measure);
    List<Double> other = of(yardstick, measure);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      ratios.add(own.get(round) / other.get(round));
    }
    Spread rounds = Spread.of(ratios);
    return new Spread(
        Spread.of(own).median() / Spread.of(other).median(), rounds.min(), rounds.max());
  }
}
