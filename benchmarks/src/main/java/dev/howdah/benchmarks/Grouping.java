package dev.howdah.benchmarks;

import dev.howdah.benchmarks.GroupingCorpus.Pair;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link GroupingPeer} makes of a corpus: a key for each trace.
 *
 * @param keys the key of each trace
 */
record Grouping(Map<LabelledTrace, String> keys) {

  /**
   * How right it is about pairs.
   *
   * @param joined pairs of one bug with the same key
   * @param wronglySplit pairs of one bug with different keys
   * @param wronglyJoined pairs of different bugs with the same key
   */
  record Score(List<Pair> joined, List<Pair> wronglySplit, List<Pair> wronglyJoined) {

    /** {@return of the pairs it joins, the share that is one bug; 1 when it joins none} */
    double precision() {
      return share(joined.size(), wronglyJoined.size());
    }

    /** {@return of the pairs that are one bug, the share that it joins; 1 when there are none} */
    double recall() {
      return share(joined.size(), wronglySplit.size());
    }

    /** {@return the harmonic mean of precision and recall; 0 when both are} */
    double f1() {
      double sum = precision() + recall();
      return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }

    private static double share(int right, int wrong) {
      return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }
  }

  static Grouping of(GroupingCorpus corpus, GroupingPeer peer) {
    Map<LabelledTrace, String> keys = new HashMap<>();
    for (LabelledTrace trace : corpus.traces()) {
      keys.put(trace, peer.key().apply(trace.text()));
    }
    return new Grouping(keys);
  }

  Score score(List<Pair> pairs) {
    return new Score(
        pairs.stream().filter(pair -> pair.sameBug() && joins(pair)).toList(),
        pairs.stream().filter(pair -> pair.sameBug() && !joins(pair)).toList(),
        pairs.stream().filter(pair -> !pair.sameBug() && joins(pair)).toList());
  }

  /** {@return how many bugs have one key for all their traces, and for theirs only} */
  long wholeBugs() {
    Map<String, Set<String>> keysOfBug = new HashMap<>();
    Map<String, Set<String>> bugsOfKey = new HashMap<>();
    keys.forEach(
        (trace, key) -> {
          keysOfBug.computeIfAbsent(trace.label(), bug -> new HashSet<>()).add(key);
          bugsOfKey.computeIfAbsent(key, k -> new HashSet<>()).add(trace.label());
        });
    return keysOfBug.values().stream()
        .filter(own -> own.size() == 1)
        .filter(own -> bugsOfKey.get(own.iterator().next()).size() == 1)
        .count();
  }

  private boolean joins(Pair pair) {
    return keys.get(pair.one()).equals(keys.get(pair.other()));
  }
}
