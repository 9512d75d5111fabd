package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.benchmarks.GroupingCorpus.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupingCorpusTest {

  @Test
  void thereAreEnoughPairsOfOneBug() throws IOException {
    assertThat(GroupingCorpus.own().samePairs()).hasSizeGreaterThanOrEqualTo(300);
  }

  @Test
  void thereAreMoreLookAlikesThanPairsOfOneBug() throws IOException {
    GroupingCorpus corpus = GroupingCorpus.own();

    assertThat(corpus.lookAlikePairs()).hasSizeGreaterThan(corpus.samePairs().size());
  }

  @Test
  void noTraceIsThereTwice() throws IOException {
    assertThat(GroupingCorpus.own().traces())
        .extracting(LabelledTrace::text)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyBugHasTwoTracesAndEveryFamilyTwoBugs() throws IOException {
    GroupingCorpus corpus = GroupingCorpus.own();

    assertThat(corpus.samePairs().stream().flatMap(GroupingCorpusTest::traces))
        .containsAll(corpus.traces());
    assertThat(corpus.lookAlikePairs().stream().flatMap(GroupingCorpusTest::traces))
        .containsAll(corpus.traces());
  }

  @Test
  void everyTraceBeginsWithAnExceptionAndGoesOnWithFrames() throws IOException {
    assertThat(GroupingCorpus.own().traces())
        .allMatch(trace -> trace.text().matches("(?s)[\\w.$]+(: .*?)?\n\tat .*"));
  }

  @Test
  void theSampleIsTheSameEachTime() throws IOException {
    assertThat(GroupingCorpus.own().sampledPairs())
        .hasSize(5_000)
        .isEqualTo(GroupingCorpus.own().sampledPairs());
  }

  @Test
  void aFileGivesItsBugItsFamilyAndItsTraces(@TempDir Path folder) throws IOException {
    write(
        folder,
        """
        bug: no name
        why: one place

        === variant: old
        a.B: c
        \tat d.E.f(E.java:1)

        === variant: new
        a.B: c
        \tat d.E.f(E.java:2)
        """);

    assertThat(GroupingCorpus.read(folder).traces())
        .containsExactly(
            new LabelledTrace("family", "bug", "old", "a.B: c\n\tat d.E.f(E.java:1)"),
            new LabelledTrace("family", "bug", "new", "a.B: c\n\tat d.E.f(E.java:2)"));
  }

  @Test
  void aFileThatDoesNotSayWhyItIsOneBugIsRefused(@TempDir Path folder) throws IOException {
    write(folder, "bug: no name\n\n=== variant: old\na.B: c\n\tat d.E.f(E.java:1)\n");

    assertThatThrownBy(() -> GroupingCorpus.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bug.txt");
  }

  @Test
  void aVariantWithoutATraceIsRefused(@TempDir Path folder) throws IOException {
    write(folder, "bug: no name\nwhy: one place\n\n=== variant: old\n\n");

    assertThatThrownBy(() -> GroupingCorpus.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("old");
  }

  private static Stream<LabelledTrace> traces(Pair pair) {
    return Stream.of(pair.one(), pair.other());
  }

  private static void write(Path folder, String text) throws IOException {
    Path family = Files.createDirectory(folder.resolve("family"));
    Files.writeString(family.resolve("bug.txt"), text);
  }
}
