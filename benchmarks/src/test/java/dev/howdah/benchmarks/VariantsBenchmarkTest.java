package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.benchmarks.VariantsComparison.Scale;
import dev.howdah.testkit.PostgresServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every variant can be made and takes the rows; its bytes don't depend on the clock. */
class VariantsBenchmarkTest {

  @Test
  void anIndexTakesRoomAndABinaryTraceIdTakesLess() throws Exception {
    Samples samples = new Samples();
    VariantsComparison.measure(
        Stream.concat(Variant.ofTables().stream(), Variant.ofTransactions().stream().limit(1))
            .toList(),
        LogLines.find(),
        new Scale(3_000, 1),
        PostgresServer.shared().createDatabase(),
        samples);

    assertThat(bytes(samples, "no index")).isLessThan(bytes(samples, Variant.DEFAULT));
    assertThat(bytes(samples, "trace id uuid")).isLessThan(bytes(samples, Variant.DEFAULT));
    assertThat(bytes(samples, "+ service_tail.sql")).isGreaterThan(bytes(samples, Variant.DEFAULT));
  }

  private static double bytes(Samples samples, String variant) {
    return samples.spread(variant, VariantsComparison.BYTES).median();
  }
}
