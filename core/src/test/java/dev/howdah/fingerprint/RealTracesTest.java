package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.ThrowableInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stack traces as frameworks print them, in {@code src/test/resources}: above the line of dashes
 * what is expected, below it the trace.
 */
class RealTracesTest {

  private static final Path FOLDER = Path.of("src/test/resources/dev/howdah/fingerprint");

  private final Fingerprinter fingerprinter = Fingerprinter.withDefaults();

  record Sample(String name, List<String> expected, String trace) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Sample> samples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(RealTracesTest::sample).toList();
    }
  }

  private static Sample sample(Path file) {
    try {
      String[] parts = Files.readString(file).split("---\n", 2);
      return new Sample(file.getFileName().toString(), parts[0].lines().toList(), parts[1]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void countsWhatItShould(Sample sample) {
    Explanation explanation = explain(sample.trace());
    List<String> told =
        Stream.concat(
                Stream.of(
                    "title: " + explanation.fingerprint().title(),
                    "culprit: " + explanation.fingerprint().culprit(),
                    "basis: " + explanation.basis()),
                explanation.parts().stream())
            .toList();
    assertThat(told).as(explanation.toString()).isEqualTo(sample.expected());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isTheSameForTextThatHowdahPrintsAgain(Sample sample) {
    StringBuilder again = new StringBuilder();
    StackTraceParser.parse(sample.trace()).orElseThrow().appendTo(again, Integer.MAX_VALUE);
    assertThat(explain(again.toString().replace("\n", "\r\n")).fingerprint())
        .isEqualTo(explain(sample.trace()).fingerprint());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isTheSameAfterEveryLineHasMoved(Sample sample) {
    String moved =
        sample.trace().replaceAll("(?m)(\\.(?:java|kt|scala|groovy|clj)):\\d+\\)", "$1:9999)");
    assertThat(moved).isNotEqualTo(sample.trace());
    assertThat(explain(moved).fingerprint()).isEqualTo(explain(sample.trace()).fingerprint());
  }

  private Explanation explain(String trace) {
    ThrowableInfo throwable = StackTraceParser.parse(trace).orElseThrow();
    return fingerprinter.explain(ErrorEvent.of(throwable));
  }
}
