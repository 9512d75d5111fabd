package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameNormalizerTest {

  private static final String PROXY = "com.acme.Orders$$EnhancerBySpringCGLIB$$1a2b3c.place";

  @Test
  void aNameThatWasSeenGivesTheSameAgainAlsoAfterManyOthers() {
    FrameNormalizer normalizer = new FrameNormalizer(List.of());
    FrameNormalizer.Result first = normalizer.normalize(PROXY);

    IntStream.range(0, 10_000).forEach(i -> normalizer.normalize("com.acme.Order" + i + ".place"));

    assertThat(normalizer.normalize(PROXY)).isEqualTo(first);
    assertThat(first.name()).isEqualTo("com.acme.Orders.place");
  }

  @Test
  void namesThatDifferOnlyBeyondTheLongestAreOne() {
    FrameNormalizer normalizer = new FrameNormalizer(List.of());
    String longest = "a".repeat(FrameNormalizer.MAX_NAME);

    assertThat(normalizer.normalize(longest + "b")).isEqualTo(normalizer.normalize(longest + "c"));
  }
}
