package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class UnchangingTest {

  record User(long id, String name, DayOfWeek since) {}

  record Line(User user, @Nullable Line next) {}

  record Basket(User user, List<String> articles) {}

  record Any(Object thing) {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        String.class,
        int.class,
        Integer.class,
        Boolean.class,
        UUID.class,
        Instant.class,
        DayOfWeek.class,
        User.class,
        Line.class
      })
  void oneObjectServesAllWhereItCannotChange(Class<?> type) {
    assertThat(Unchanging.is(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        List.class,
        Map.class,
        byte[].class,
        Date.class,
        Object.class,
        Number.class,
        JsonNode.class,
        Basket.class,
        Any.class
      })
  void eachCallerGetsItsOwnWhereItCould(Class<?> type) {
    assertThat(Unchanging.is(type)).isFalse();
  }
}
