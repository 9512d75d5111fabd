package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import dev.howdah.pipeline.OverloadPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HowdahConfigTest {
  private static final String URL = "jdbc:postgresql://localhost/app";

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everySettingsDefaultIsAValidValue(Setting setting) {
    assertThatCode(setting::defaultValue).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(
      value = Setting.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "USERNAME",
        "PASSWORD",
        "SERVICE",
        "ENVIRONMENT",
        "RELEASE",
        "HOST",
        "TRACE_ID_KEYS",
        "SPAN_ID_KEYS",
        "REDACT_KEYS"
      })
  void everyRefusalNamesTheSettingTheValueAndWhatWouldBeRight(Setting setting) {
    String wrong =
        switch (setting.kind()) {
          case IDENTIFIER -> "pg_catalog";
          case PATTERNS -> "(open";
          case PATH -> "a\0b";
          case PACKAGES -> "com..acme";
          default -> "foo";
        };
    assertThatThrownBy(() -> HowdahConfig.builder().set(setting.settingName(), wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "setting '" + setting.settingName() + "' has the value '" + wrong + "': ")
        .hasMessageEndingWith("it must be " + setting.requirement());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void aVariableThatWasNotResolvedIsRefused(Setting setting) {
    for (String value : new String[] {"${DB}", "DB_IS_UNDEFINED"}) {
      assertThatThrownBy(() -> HowdahConfig.builder().set(setting.settingName(), value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setting '" + setting.settingName() + "'")
          .hasMessageContaining("the variable in it has no value");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "service", "schema", "batchSize", "flushInterval", "maintain"})
  void anEmptyValueIsRefusedWhereOneIsNeeded(String name) {
    assertThatThrownBy(() -> HowdahConfig.builder().set(name, " "))
        .hasMessageContaining("setting '" + name + "' has the value ' ': it must be ");
  }

  @Test
  void anEmptyEnvironmentIsNone() {
    assertThat(withUrl().set("environment", "").build().environment()).isNull();
  }

  @Test
  void theMessageOfAWrongChoiceListsTheChoices() {
    assertThatThrownBy(() -> withUrl().set("onFull", "foo"))
        .hasMessage("setting 'onFull' has the value 'foo': it must be one of block, drop, shed");
  }

  @Test
  void aSettingThatDoesNotExistIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> withUrl().set("batchsize", "1"))
        .hasMessageStartingWith("there is no setting 'batchsize': it must be one of url, ")
        .hasMessageContaining("batchSize");
  }

  @ParameterizedTest
  @CsvSource({
    "64 MiB,67108864",
    "64MB,67108864",
    "4096KiB,4194304",
    "1 gib,1073741824",
    "5000000,5000000",
    "5000000 bytes,5000000"
  })
  void sizes(String text, long bytes) {
    assertThat(withUrl().set("maxMemory", text).build().maxMemory()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "250,250",
    "250 ms,250",
    "5 s,5000",
    "5 seconds,5000",
    "1 min,60000",
    "2minutes,120000",
    "1 h,3600000"
  })
  void durations(String text, long millis) {
    assertThat(withUrl().set("shutdownTimeout", text).build().shutdownTimeout())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "ringSize,1000",
    "ringSize,32",
    "partitionsAhead,0",
    "partitionsAhead,367",
    "partitionsAhead,-1",
    "batchSize,17 MiB",
    "batchSize,1 KiB",
    "flushInterval,2 min",
    "flushInterval,0",
    "onFullTimeout,999999999999999999 d",
    "maxMemory,1 parsec"
  })
  void whatIsOutOfRangeIsRefused(String name, String value) {
    assertThatThrownBy(() -> withUrl().set(name, value))
        .hasMessageContaining("setting '" + name + "' has the value '" + value + "'");
  }

  @Test
  void defaultsAreThoseDocumented() {
    HowdahConfig config = withUrl().build();
    assertThat(config.schema()).isEqualTo("monitoring");
    assertThat(config.onFull()).isEqualTo(OverloadPolicy.SHED);
    assertThat(config.batchSize()).isEqualTo(1 << 20);
    assertThat(config.flushInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.logRetention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.includeCallerData()).isFalse();
    assertThat(config.host()).isNull();
    assertThat(config.redactKeys()).hasSize(12).contains("api-key");
    assertThat(config.redactPatterns()).isEmpty();
    assertThat(config.directory()).endsWithRaw(Path.of("howdah"));
  }

  @Test
  void lengthsAreEachTheirOwn() {
    HowdahConfig config =
        withUrl()
            .set("maxMessageLength", "100")
            .set("maxContextLength", "200")
            .set("maxStackTraceLength", "300")
            .build();
    assertThat(config.maxMessageLength()).isEqualTo(100);
    assertThat(config.maxContextLength()).isEqualTo(200);
    assertThat(config.maxStackTraceLength()).isEqualTo(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"includeMDC", "includeKeyValues", "includeMarkers", "includeCallerData"})
  void eachIncludeChangesNoOther(String name) {
    Map<String, Boolean> expected = includes(withUrl().build());
    expected.compute(name, (key, before) -> !before);
    HowdahConfig config = withUrl().set(name, expected.get(name).toString()).build();
    assertThat(includes(config)).isEqualTo(expected);
  }

  private static Map<String, Boolean> includes(HowdahConfig config) {
    return new HashMap<>(
        Map.of(
            "includeMDC", config.includeMDC(),
            "includeKeyValues", config.includeKeyValues(),
            "includeMarkers", config.includeMarkers(),
            "includeCallerData", config.includeCallerData()));
  }

  @Test
  void redactPatternsStandOneALine() {
    assertThat(withUrl().set("redactPatterns", "a{1,2}\n  b+\n").build().redactPatterns())
        .extracting(Pattern::pattern)
        .containsExactly("a{1,2}", "b+");
  }

  @Test
  void somethingMustSayWhereTheDatabaseIs() {
    assertThatThrownBy(() -> HowdahConfig.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'url'");
    HikariConfig hikari = new HikariConfig();
    hikari.setJdbcUrl(URL);
    assertThat(HowdahConfig.builder().hikari(hikari).build().hikari()).isNotNull();
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> withUrl().set("retryMin", "1 min").build())
        .hasMessageContaining("retryMin")
        .hasMessageContaining("retryMax");
    assertThatThrownBy(() -> withUrl().set("maxMemory", "4MiB").set("batchSize", "4MiB").build())
        .hasMessageContaining("maxMemory")
        .hasMessageContaining("batchSize");
  }

  @Test
  void passwordsAreNeverShown() {
    HowdahConfig config =
        HowdahConfig.builder()
            .set("url", URL + "?password=hunter2&ssl=true")
            .set("password", "hunter2")
            .build();
    assertThat(config.toString()).doesNotContain("hunter2").contains("ssl=true", "batchSize=");
    assertThat(config.password()).isEqualTo("hunter2");
    assertThatThrownBy(() -> withUrl().set("url", "postgres://app:hun@ter2@db/app"))
        .hasMessageContaining("postgres://app:***@db/app")
        .hasMessageNotContaining("ter2");
    assertThatThrownBy(() -> withUrl().set("password", "hunter2${X}"))
        .hasMessageNotContaining("hunter2");
  }

  private static HowdahConfig.Builder withUrl() {
    return HowdahConfig.builder().set("url", URL);
  }
}
