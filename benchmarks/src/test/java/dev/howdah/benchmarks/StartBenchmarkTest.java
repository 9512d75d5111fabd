package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark still runs; how long a start takes is for {@code bin/bench} to say. */
class StartBenchmarkTest {

  @ParameterizedTest
  @ValueSource(strings = {"logback", "log4j2"})
  void theFirstEventOfAFreshJvmIsThere(String framework) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();

    FreshJvm.Times times = new FreshJvm(framework, "howdah").logTo(database);

    assertThat(times.row()).isPositive();
    assertThat(database.count("SELECT count(*) FROM monitoring.log_events")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logback", "log4j2"})
  void anAppenderThatDoesNothingHasNoRow(String framework) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();

    FreshJvm.Times times = new FreshJvm(framework, "none").logTo(database);

    assertThat(times.call()).isPositive();
    assertThat(times.row()).isNaN();
  }
}
