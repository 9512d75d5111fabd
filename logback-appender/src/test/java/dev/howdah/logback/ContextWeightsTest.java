package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.ContextValue;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContextWeightsTest {

  private final ContextWeights weights = new ContextWeights();

  @Test
  void aContextWeighsWhatItsEntriesDo() {
    Map<String, String> ann = Map.of("user", "ann");
    Map<String, String> large = Map.of("user", "x".repeat(10_000));
    for (Map<String, String> context : List.of(ann, large, ann, Map.<String, String>of(), large)) {
      assertThat(weights.of(context)).isEqualTo(ContextValue.mapBytes(context));
    }
  }

  @Test
  void theSameContextIsAddedUpOnce() {
    AtomicInteger looks = new AtomicInteger();
    Map<String, String> context = counted("ann", looks);
    long first = weights.of(context);
    int looked = looks.get();
    assertThat(weights.of(context)).isEqualTo(first);
    assertThat(looks).hasPositiveValue().hasValue(looked);
  }

  @Test
  void aHeavyContextIsNotKeptAlive() {
    AtomicInteger looks = new AtomicInteger();
    Map<String, String> context = counted("x".repeat(10_000), looks);
    weights.of(context);
    int looked = looks.get();
    weights.of(context);
    assertThat(looks.get()).isGreaterThan(looked);
  }

  /** A context that counts how often its entries are looked at. */
  private static Map<String, String> counted(String user, AtomicInteger looks) {
    return new AbstractMap<>() {
      @Override
      public Set<Entry<String, String>> entrySet() {
        looks.incrementAndGet();
        return Set.of(Map.entry("user", user));
      }
    };
  }
}
