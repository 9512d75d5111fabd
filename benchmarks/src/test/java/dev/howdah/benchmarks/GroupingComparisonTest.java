package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupingComparisonTest {

  private static final GroupingPeer ALL = new GroupingPeer("all alike", text -> "");
  private static final GroupingPeer NONE = new GroupingPeer("none alike", text -> text);
  private static final GroupingPeer FIRST_LETTER =
      new GroupingPeer("first letter", text -> text.substring(0, 1));

  /** Three pairs of one bug, of which the first letter joins one; two different ones it joins. */
  private static final GroupingCorpus CORPUS =
      new GroupingCorpus(
          List.of(
              trace("family", "one", "a1"),
              trace("family", "one", "a2"),
              trace("family", "one", "b3"),
              trace("family", "two", "b4"),
              trace("elsewhere", "one", "b5")));

  @Test
  void precisionAndRecallOfOneThatIsPartlyRight() {
    Grouping.Score score = score(FIRST_LETTER);

    // Joined: a1-a2, and wrongly b3-b4, b3-b5, b4-b5. Split: a1-b3, a2-b3.
    assertThat(score.precision()).isCloseTo(1 / 4.0, within(1e-9));
    assertThat(score.recall()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(score.f1()).isCloseTo(2 / 7.0, within(1e-9));
  }

  @Test
  void whoeverJoinsAllMissesNothingAndIsMostlyWrong() {
    Grouping.Score score = score(ALL);

    assertThat(score.recall()).isEqualTo(1);
    assertThat(score.precision()).isCloseTo(3 / 10.0, within(1e-9));
  }

  @Test
  void whoeverJoinsNothingIsNeverWrongAndOfNoUse() {
    Grouping.Score score = score(NONE);

    assertThat(score.precision()).isEqualTo(1);
    assertThat(score.recall()).isZero();
    assertThat(score.f1()).isZero();
  }

  @Test
  void theMistakesAreNamed() {
    Grouping.Score score = score(FIRST_LETTER);

    assertThat(score.wronglySplit())
        .extracting(Object::toString)
        .containsExactly("family/one (a1) | family/one (b3)", "family/one (a2) | family/one (b3)");
    assertThat(score.wronglyJoined()).hasSize(3);
  }

  @Test
  void aBugIsWholeWhenItsTracesShareAKeyWithNoOther() {
    assertThat(Grouping.of(CORPUS, NONE).wholeBugs()).isEqualTo(2);
    assertThat(Grouping.of(CORPUS, ALL).wholeBugs()).isZero();
    assertThat(Grouping.of(CORPUS, new GroupingPeer("right", text -> bugOf(text))).wholeBugs())
        .isEqualTo(3);
  }

  @Test
  void theTableHasARowForEachPeer() {
    GroupingComparison comparison =
        new GroupingComparison(List.of(FIRST_LETTER, GroupingPeer.TYPE_FILE_LINE));

    assertThat(comparison.report(CORPUS).text())
        .contains("3 of the same bug, 3 of look-alikes, 4 of others")
        .containsPattern("first letter +28\\.6 +25\\.0 +33\\.3 +0");
  }

  @Test
  void ourCorpusIsJudgedByEachPeer() throws IOException {
    Report report = new GroupingComparison().run(new Options(false, 0, null));

    assertThat(report.samples().contenders())
        .contains("type+file+line", "type+top frame", "message only");
  }

  @Test
  void theSimplePeersReadTypePositionMethodAndRootMessage() {
    String text =
        """
        a.Wrapper: outer: text
        \tat java.base/java.util.Objects.requireNonNull(Objects.java:233)
        \tat b.C.d(C.java:7)
        Caused by: e.Root: key 7
          Detail: twice
        \tat app//f.G$$Lambda/0x00007f.apply(Unknown Source)
        \t... 2 more""";

    assertThat(GroupingPeer.TYPE_FILE_LINE.key().apply(text))
        .isEqualTo("a.Wrapper Objects.java:233");
    assertThat(GroupingPeer.TYPE_TOP_FRAME.key().apply(text))
        .isEqualTo("a.Wrapper java.util.Objects.requireNonNull");
    assertThat(GroupingPeer.MESSAGE.key().apply(text)).isEqualTo("key 7\n  Detail: twice");
  }

  @Test
  void anExceptionWithoutMessageAndFramesHasStillAType() {
    assertThat(PrintedTrace.parse("a.B")).isEqualTo(new PrintedTrace("a.B", "", "", ""));
  }

  private static Grouping.Score score(GroupingPeer peer) {
    return Grouping.of(CORPUS, peer).score(CORPUS.judgedPairs());
  }

  /** In this corpus the figure tells the bug. */
  private static String bugOf(String text) {
    return switch (text.charAt(1)) {
      case '1', '2', '3' -> "one";
      default -> text;
    };
  }

  private static LabelledTrace trace(String family, String bug, String text) {
    return new LabelledTrace(family, bug, text, text);
  }
}
