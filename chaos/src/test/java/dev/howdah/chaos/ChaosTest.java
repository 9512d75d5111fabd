package dev.howdah.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario in its short form, and the command line. */
class ChaosTest {

  private static final Run QUICK = new Run(true, 42);

  @TestFactory
  Stream<DynamicTest> nothingIsLostAndNothingIsThereTwice() {
    return Chaos.SCENARIOS.stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> passes(scenario)));
  }

  private static void passes(Scenario scenario) {
    Verdict verdict = Chaos.judge(scenario, QUICK);
    System.out.print(new Summary(QUICK, List.of(verdict)).text());
    assertThat(verdict.outcome().violations()).isEmpty();
    assertThat(verdict.outcome().tally().written()).isPositive();
  }

  @Test
  void aScenarioThatDoesNotWorkHasFailed() {
    Scenario broken =
        new Scenario() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public String summary() {
            return "does not work";
          }

          @Override
          public Outcome run(Run run) {
            throw new IllegalStateException("of a test", new SQLException("no such table"));
          }
        };

    assertThat(Chaos.judge(broken, QUICK).outcome().violations())
        .containsExactly(
            "java.lang.IllegalStateException: of a test,"
                + " caused by java.sql.SQLException: no such table");
  }

  @Test
  void theNamesOfTheScenariosCanBeAskedFor() {
    assertThat(Chaos.run(List.of("--list"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing-like-it", "cut-sweep --slow", "--seed=soon"})
  void aWrongCommandLineIsRefused(String arguments) {
    assertThat(Chaos.run(List.of(arguments.split(" ")))).isEqualTo(2);
  }
}
