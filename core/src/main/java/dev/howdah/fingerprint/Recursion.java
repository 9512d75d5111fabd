package dev.howdah.fingerprint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the depth of a recursion not count.
 *
 * <p>The path from the throw outwards is walked, and each circle is erased where it closes (the
 * loop-erased walk of Lawler, 1980): direct and mutual recursion of any depth leave the path that
 * one round would have. Linear in the number of frames.
 */
final class Recursion {

  private Recursion() {}

  /**
   * Erases circles.
   *
   * @param path undecided steps, innermost first
   * @return the steps that are left, decided as kept; the others as repeated
   */
  static List<Step> erased(List<Step> path) {
    List<Step> kept = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (Step step : path) {
      Integer place = places.putIfAbsent(step.name(), kept.size());
      if (place == null) {
        kept.add(step);
        continue;
      }
      step.decide(Decision.REPEATED);
      while (kept.size() > place + 1) {
        Step last = kept.remove(kept.size() - 1);
        places.remove(last.name());
        last.decide(Decision.REPEATED);
      }
    }
    kept.forEach(step -> step.decide(Decision.KEPT));
    return kept;
  }

  /**
   * What goes round in a stack that ran out: it does so at an arbitrary place of the circle, and
   * the JVM cuts the end of so long a stack.
   *
   * @param path undecided steps, innermost first
   * @return one step of each name that is there more than once, by name; empty when none is
   */
  static List<Step> circle(List<Step> path) {
    Map<String, Long> counts =
        path.stream().collect(Collectors.groupingBy(Step::name, Collectors.counting()));
    Map<String, Step> circling =
        path.stream()
            .filter(step -> counts.getOrDefault(step.name(), 0L) > 1)
            .collect(Collectors.toMap(Step::name, Function.identity(), (first, later) -> first));
    if (!circling.isEmpty()) {
      path.forEach(step -> step.decide(Decision.REPEATED));
    }
    circling.values().forEach(step -> step.decide(Decision.KEPT));
    return circling.values().stream().sorted(Comparator.comparing(Step::name)).toList();
  }
}
