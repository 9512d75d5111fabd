package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void withoutOptionsNothingIsShownAndOursIsTheCorpus() {
    assertThat(Options.parse(List.of())).isEqualTo(new Options(false, 0, null));
  }

  @Test
  void eachOptionIsTaken() {
    assertThat(Options.parse(List.of("--quick", "--show=5", "--corpus=other/traces")))
        .isEqualTo(new Options(true, 5, Path.of("other", "traces")));
  }

  @Test
  void showAloneShowsTwenty() {
    assertThat(Options.parse(List.of("--show")).show()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--slow", "--quick=yes", "--show=some", "--show=-1", "--corpus"})
  void whatIsNoneIsRefusedByItsName(String argument) {
    assertThatThrownBy(() -> Options.parse(List.of(argument)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + argument + "'");
  }
}
