package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.benchmarks.VariantsComparison.Scale;
import org.junit.jupiter.api.Test;

/** Every variant can be made and takes the rows; its bytes don't depend on the clock. */
class VariantsBenchmarkTest {

  @Test
  void anIndexTakesRoomAndABinaryTraceIdTakesLess() throws Exception {
    Samples samples = new VariantsComparison().run("a test", new Scale(3_000, 1)).samples();

    assertThat(bytes(samples, "no index")).isLessThan(bytes(samples, Variant.DEFAULT));
    assertThat(bytes(samples, "trace id uuid")).isLessThan(bytes(samples, Variant.DEFAULT));
    assertThat(bytes(samples, "+ service_tail.sql")).isGreaterThan(bytes(samples, Variant.DEFAULT));
  }

  private static double bytes(Samples samples, String variant) {
    return samples.spread(variant, VariantsComparison.BYTES).median();
  }
}
