package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private static Moment moment(String text) {
    return new Moment.Converter().convert(text);
  }

  @ParameterizedTest
  @CsvSource({
    "30s, 2026-11-25T11:59:30Z, 2026-11-25T12:00:30Z",
    "15m, 2026-11-25T11:45:00Z, 2026-11-25T12:15:00Z",
    "2H, 2026-11-25T10:00:00Z, 2026-11-25T14:00:00Z",
    "7d, 2026-11-18T12:00:00Z, 2026-12-02T12:00:00Z",
    "1w, 2026-11-18T12:00:00Z, 2026-12-02T12:00:00Z",
  })
  void aDistanceIsBeforeOrAfterNow(String text, Instant ago, Instant ahead) {
    assertThat(moment(text).ago(NOW)).isEqualTo(ago);
    assertThat(moment(text).ahead(NOW)).isEqualTo(ahead);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24, 2026-11-24T00:00:00Z",
    "2026-11-24T10:00, 2026-11-24T10:00:00Z",
    "2026-11-24 10:00:01, 2026-11-24T10:00:01Z",
    "2026-11-24 10:00:01Z, 2026-11-24T10:00:01Z",
    "2026-11-24T10:00:01.5+02:00, 2026-11-24T08:00:01.5Z",
  })
  void aPointIsInUtcUnlessItSays(String text, Instant point) {
    assertThat(moment(text).ago(NOW)).isEqualTo(point);
    assertThat(moment(text).ahead(NOW)).isEqualTo(point);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "5", "-5m", "5y", "2026-13-01", "999999999d", "T10:00"})
  void anythingElseIsRefusedWithWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> moment(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "' is no time: it must be such as 30s, 15m");
  }
}
