package dev.howdah.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payment of {} for {}       | payment of 1 for b",
        "{}{}                       | 1b",
        "{} and {} and {}           | 1 and b and {}",
        "none                       | none",
        "{ } {a} {{}} }{            | { } {a} {1} }{",
        "only {}                    | only 1",
      })
  void argumentsTakeThePlacesInTheirOrder(String template, String filled) {
    assertThat(fill(template, 1, "b")).isEqualTo(filled);
  }

  @Test
  void valuesHaveTheTextThatTheyHaveThemselves() {
    UUID id = UUID.fromString("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
    assertThat(fill("{} {} {} {} {} {}", null, 'c', -7L, 1.5f, true, id))
        .isEqualTo("null c -7 1.5 true " + id);
    assertThat(fill("{} {}", Duration.ofSeconds(90), LocalDate.EPOCH))
        .isEqualTo("PT1M30S 1970-01-01");
  }

  @Test
  void noValueIsLongerThanItsLengthSays() {
    LocalDateTime far = LocalDateTime.MAX.minusYears(1);
    List<Object> values = new ArrayList<>(List.of("", "text", Long.MIN_VALUE, Double.MIN_NORMAL));
    values.addAll(
        List.of(Instant.MAX, far, Duration.ofSeconds(Long.MIN_VALUE, 1), new UUID(-1, -1)));
    for (String zone : ZoneId.getAvailableZoneIds()) {
      values.add(far.atZone(ZoneId.of(zone)));
    }
    values.add(far.atOffset(ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
    assertThat(values)
        .allSatisfy(
            value ->
                assertThat(Placeholders.length(value))
                    .isGreaterThanOrEqualTo(fill("{}", value).length()));
  }

  @Test
  void whatMayChangeOrRunForeignCodeOrBecomeLongHasNoKnownLength() {
    assertThat(new Object[] {new AtomicInteger(1), new int[] {1}, List.of(1), Year.of(2000)})
        .allSatisfy(value -> assertThat(Placeholders.length(value)).isNegative());
    assertThat(Placeholders.length(new BigDecimal("1e100000"))).isNegative();
    assertThat(Placeholders.length(Level.INFO)).isNegative();
  }

  @Test
  void aTemplateWithEscapesIsForTheFramework() {
    assertThat(Placeholders.areIn("a \\{} b {}")).isFalse();
    assertThat(Placeholders.areIn("a {} b {}")).isTrue();
  }

  private static String fill(String template, Object... arguments) {
    StringBuilder out = new StringBuilder();
    Placeholders.fill(template, arguments, arguments.length, out);
    return out.toString();
  }
}
