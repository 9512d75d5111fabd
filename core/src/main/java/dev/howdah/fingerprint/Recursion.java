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
 * <p>The path from the throw outwards is walked, and each circle of direct calls is erased where it
 * closes (the loop-erased walk of Lawler, 1980): direct and mutual recursion of any depth leave the
 * path that one round would have.
 *
 * <p>A circle through a library or a lambda may be no recursion: a helper that runs what it is
 * given stands in one stack twice, and what is between tells two callers apart. Of such a circle
 * only the second time of the helper is erased. Linear in the number of frames.
 */
final class Recursion {

  private final Origin origin;
  private final List<Step> kept = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  /** The last place of {@link #kept} that was not called directly by the next one out, or -1. */
  private int lastIndirect = -1;

  private Recursion(Origin origin) {
    this.origin = origin;
  }

  /**
   * Erases circles.
   *
   * @param path undecided steps, innermost first
   * @param origin whose steps count; the others only tell what is between
   * @return the steps that are left, decided as kept; others of the origin as repeated
   */
  static List<Step> erased(List<Step> path, Origin origin) {
    Recursion recursion = new Recursion(origin);
    path.forEach(recursion::walk);
    recursion.kept.forEach(step -> step.decide(Decision.KEPT));
    return recursion.kept;
  }

  private void walk(Step step) {
    int last = kept.size() - 1;
    if (!step.isOf(origin)) {
      lastIndirect = last;
      return;
    }
    Integer place = places.putIfAbsent(step.name(), kept.size());
    if (place == null) {
      kept.add(step);
    } else {
      step.decide(Decision.REPEATED);
      closeCircle(place, last);
    }
    if (step.isPassedOn()) {
      lastIndirect = kept.size() - 1;
    }
  }

  private void closeCircle(int place, int last) {
    if (lastIndirect >= place && place < last) {
      lastIndirect = last;
      return;
    }
    while (kept.size() > place + 1) {
      Step inside = kept.remove(kept.size() - 1);
      places.remove(inside.name());
      inside.decide(Decision.REPEATED);
    }
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
