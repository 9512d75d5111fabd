package dev.howdah.benchmarks;

import dev.howdah.benchmarks.GroupingCorpus.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which stack traces are the same bug: how well Howdah's fingerprint tells, beside simpler ways, on
 * the same labelled pairs of a {@link GroupingCorpus}. Nothing is timed, so one round says all.
 */
final class GroupingComparison implements Comparison {

  /** The first is the one whose mistakes are shown. */
  private static final List<GroupingPeer> PEERS =
      List.of(
          GroupingPeer.HOWDAH,
          GroupingPeer.TYPE_FILE_LINE,
          GroupingPeer.TYPE_TOP_FRAME,
          GroupingPeer.MESSAGE);

  private final List<GroupingPeer> peers;

  GroupingComparison() {
    this(PEERS);
  }

  GroupingComparison(List<GroupingPeer> peers) {
    this.peers = List.copyOf(peers);
  }

  @Override
  public String name() {
    return "grouping";
  }

  @Override
  public String summary() {
    return "which stack traces are the same bug, beside type, frame and message alone";
  }

  @Override
  public Report run(Options options) throws IOException {
    Path folder = options.corpus();
    GroupingCorpus corpus = folder == null ? GroupingCorpus.own() : GroupingCorpus.read(folder);
    showMistakes(corpus, options.show());
    return report(corpus);
  }

  /** The table: how right each peer is about the pairs of the corpus. */
  Report report(GroupingCorpus corpus) {
    List<Pair> pairs = corpus.judgedPairs();
    Samples samples = new Samples();
    for (GroupingPeer peer : peers) {
      Grouping grouping = Grouping.of(corpus, peer);
      Grouping.Score score = grouping.score(pairs);
      samples.add(peer.name(), "F1, %", 100 * score.f1());
      samples.add(peer.name(), "precision, %", 100 * score.precision());
      samples.add(peer.name(), "recall, %", 100 * score.recall());
      samples.add(peer.name(), "whole bugs, %", 100.0 * grouping.wholeBugs() / corpus.bugs());
    }
    return new Report(
        name(), conditions(corpus), samples, peer -> GroupingPeer.TYPE_FILE_LINE.name());
  }

  private Map<String, String> conditions(GroupingCorpus corpus) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("command", "bin/bench " + name());
    conditions.put("date", Machine.today());
    conditions.put(
        "corpus", "%,d traces of %,d bugs".formatted(corpus.traces().size(), corpus.bugs()));
    conditions.put(
        "pairs",
        "%,d of the same bug, %,d of look-alikes, %,d of others"
            .formatted(
                corpus.samePairs().size(),
                corpus.lookAlikePairs().size(),
                corpus.sampledPairs().size()));
    return conditions;
  }

  private void showMistakes(GroupingCorpus corpus, int most) {
    if (most > 0) {
      Grouping.Score score = Grouping.of(corpus, peers.get(0)).score(corpus.judgedPairs());
      show("split", score.wronglySplit(), most);
      show("joined", score.wronglyJoined(), most);
    }
  }

  private void show(String what, List<Pair> pairs, int most) {
    System.out.printf("%nwrongly %s by %s: %,d%n", what, peers.get(0).name(), pairs.size());
    pairs.stream().limit(most).forEach(pair -> System.out.println("  " + pair));
  }
}
