package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {

  @TempDir Path results;
  private final List<String> ran = new ArrayList<>();

  @Test
  void withoutANameItSaysWhichThereAre() {
    assertThat(Bench.run(List.of())).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing-like-it",
        "throughput --slow",
        "caller throughput",
        "all throughput",
        "grouping --show=some"
      })
  void aWrongCommandLineIsRefused(String arguments) {
    assertThat(Bench.run(List.of(arguments.split(" ")))).isEqualTo(2);
  }

  @Test
  void theOneThatIsNamedIsRun() {
    Bench bench = new Bench(List.of(works("first"), works("second")), results);

    assertThat(bench.answer(List.of("second", "--quick"))).isZero();
    assertThat(ran).containsExactly("second, quick");
    assertThat(results.resolve("second.json")).exists();
  }

  @Test
  void allRunsEachInTurn() {
    Bench bench = new Bench(List.of(works("first"), works("second")), results);

    assertThat(bench.answer(List.of("all"))).isZero();
    assertThat(ran).containsExactly("first", "second");
    assertThat(results.resolve("first.json")).exists();
  }

  @Test
  void oneThatFailsFailsTheRunAndTheOthersStillRun() {
    Comparison missesRows = new Fixed("broken", new IllegalStateException("a row is missing"));
    Comparison misfit = new Fixed("misfit", new LinkageError("no such class"));
    Bench bench = new Bench(List.of(missesRows, misfit, works("last")), results);

    assertThat(bench.answer(List.of("all", "--quick"))).isEqualTo(1);
    assertThat(ran).containsExactly("broken, quick", "misfit, quick", "last, quick");
    assertThat(results.resolve("last.json")).exists();
  }

  @Test
  void oneThatFailsAloneFailsTheRun() {
    Bench bench = new Bench(List.of(new Fixed("broken", new Exception("no server"))), results);

    assertThat(bench.answer(List.of("broken"))).isEqualTo(1);
  }

  private Comparison works(String name) {
    return new Fixed(name, null);
  }

  /** Measures nothing, or fails. */
  private final class Fixed implements Comparison {

    private final String name;
    private final Throwable failure;

    private Fixed(String name, Throwable failure) {
      this.name = name;
      this.failure = failure;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String summary() {
      return "nothing";
    }

    @Override
    public Report run(Options options) throws Exception {
      ran.add(name + (options.quick() ? ", quick" : ""));
      if (failure instanceof Exception exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      Samples samples = new Samples();
      samples.add("one", "things", 1);
      return new Report(name, Map.of(), samples, contender -> "one");
    }
  }
}
