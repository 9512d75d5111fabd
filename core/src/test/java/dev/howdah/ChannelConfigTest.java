package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.event.Level;
import dev.howdah.notify.EmailNotifier;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.PagerDutyNotifier;
import dev.howdah.notify.SlackNotifier;
import dev.howdah.notify.WebhookNotifier;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelConfigTest {

  private static final String SECRET = "hush-hush-42-hush-hush";

  /** What a channel of each kind can't do without. */
  private static final Map<String, Map<String, String>> LEAST =
      Map.of(
          "email",
          Map.of(
              "smtpHost",
              "mail.acme.com",
              "fromEmail",
              "alerts@acme.com",
              "toEmails",
              "a@acme.com"),
          "slack",
          Map.of("webhookUrl", "https://hooks.slack.com/services/" + SECRET),
          "webhook",
          Map.of("url", "https://acme.com/hook"),
          "pagerduty",
          Map.of("routingKey", "0123456789abcdef0123456789abcdef"),
          "teams",
          Map.of("room", "42"));

  static final List<String> OWN_KINDS = ChannelSetting.ownKinds();

  static Stream<Arguments> settingsOfEachKind() {
    return OWN_KINDS.stream()
        .flatMap(kind -> ChannelSetting.of(kind).stream().map(s -> Arguments.of(kind, s)));
  }

  static Stream<Arguments> settingsThatRefuseSomething() {
    return settingsOfEachKind()
        .filter(
            arguments ->
                switch (((ChannelSetting) arguments.get()[1]).kind()) {
                  case OPTIONAL_TEXT, TEXT, SECRET, LIST -> false;
                  default -> true;
                });
  }

  private static ChannelConfig config(String kind, String... namesAndValues) {
    Map<String, String> settings = new LinkedHashMap<>(LEAST.getOrDefault(kind, Map.of()));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new ChannelConfig(kind, settings);
  }

  private static NotificationRules rules(String... namesAndValues) {
    return config("slack", namesAndValues).create().rules();
  }

  @ParameterizedTest
  @EnumSource(ChannelSetting.class)
  void everyDefaultIsAValidValue(ChannelSetting setting) {
    assertThatCode(
            () -> {
              if (!setting.defaultText().isEmpty()) {
                setting.parse(setting.defaultText());
              }
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @FieldSource("OWN_KINDS")
  void defaultsWrittenOutAreTheDefaults(String kind) {
    List<String> written = new ArrayList<>();
    for (ChannelSetting setting : ChannelSetting.of(kind)) {
      if (!setting.defaultText().isEmpty()) {
        written.addAll(List.of(setting.settingName(), setting.defaultText()));
      }
    }
    NotificationChannel channel = config(kind, written.toArray(String[]::new)).create();

    assertThat(channel.rules())
        .isEqualTo(config(kind).create().rules())
        .isEqualTo(NotificationRules.DEFAULT);
    assertThat(channel.name()).isEqualTo(kind);
  }

  @Test
  void eachKindMakesItsNotifier() {
    assertThat(config("email").create().notifier()).isInstanceOf(EmailNotifier.class);
    assertThat(config("slack").create().notifier()).isInstanceOf(SlackNotifier.class);
    assertThat(config("webhook").create().notifier()).isInstanceOf(WebhookNotifier.class);
    assertThat(config("pagerduty").create().notifier()).isInstanceOf(PagerDutyNotifier.class);
  }

  @Test
  void aKindIsFoundInAnyCase() {
    ChannelConfig config = new ChannelConfig("pagerDuty", LEAST.get("pagerduty"));

    assertThat(config.create().notifier()).isInstanceOf(PagerDutyNotifier.class);
    assertThat(config.name()).isEqualTo("pagerduty");
  }

  @Test
  void rulesAreThoseOfTheSettings() {
    assertThat(
            rules(
                "level", "WARN",
                "notifyOnOccurrence", "1, 10",
                "every", "1000",
                "regressions", "false",
                "spikeFactor", "2.5",
                "spikeFloor", "20",
                "errorRate", "0.1",
                "services", "shop, checkout*",
                "environments", "production",
                "exceptionTypes", "java.sql.*",
                "loggers", "com.acme.*",
                "quietHours", "22:00-07:30",
                "timeZone", "Europe/Berlin",
                "maxPerHour", "5",
                "contextKeys", "order_id,user_id",
                "link", "https://wiki/{fingerprint}",
                "timeout", "3 s",
                "giveUpAfter", "2 h"))
        .isEqualTo(
            NotificationRules.builder()
                .level(Level.WARN)
                .notifyOnOccurrence(Set.of(1, 10))
                .every(1000)
                .regressions(false)
                .spikeFactor(2.5)
                .spikeFloor(20)
                .errorRate(0.1)
                .services(List.of("shop", "checkout*"))
                .environments(List.of("production"))
                .exceptionTypes(List.of("java.sql.*"))
                .loggers(List.of("com.acme.*"))
                .quietHours(LocalTime.of(22, 0), LocalTime.of(7, 30))
                .zone(ZoneId.of("Europe/Berlin"))
                .maxPerHour(5)
                .contextKeys(List.of("order_id", "user_id"))
                .link("https://wiki/{fingerprint}")
                .timeout(Duration.ofSeconds(3))
                .giveUpAfter(Duration.ofHours(2))
                .build());
  }

  @Test
  void noOccurrenceIsAListThatIsEmpty() {
    assertThat(rules("notifyOnOccurrence", "").notifyOnOccurrence()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("settingsThatRefuseSomething")
  void everyRefusalNamesTheChannelTheSettingAndWhatWouldBeRight(
      String kind, ChannelSetting setting) {
    String wrong =
        switch (setting.kind()) {
          case TEMPLATE -> "{no_such_thing}";
          case FILE -> "a\0b";
          case NAME -> "My Channel";
          default -> "foo";
        };
    String name = setting == ChannelSetting.NAME ? wrong : kind;
    String shown = setting.kind() == Setting.Kind.HTTP_URL ? "***" : wrong;

    assertThatThrownBy(() -> config(kind, setting.settingName(), wrong).create())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "channel '%s': setting '%s' has the value '%s': "
                .formatted(name, setting.settingName(), shown))
        .hasMessageEndingWith("it must be " + setting.requirement());
  }

  @ParameterizedTest
  @MethodSource("settingsOfEachKind")
  void aVariableThatWasNotResolvedIsRefused(String kind, ChannelSetting setting) {
    for (String variable : List.of("${NO_SUCH}", "NO_SUCH_IS_UNDEFINED")) {
      assertThatThrownBy(() -> config(kind, setting.settingName(), variable).create())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setting '" + setting.settingName() + "' has the value '")
          .hasMessageContaining("the variable in it has no value");
    }
  }

  @ParameterizedTest
  @MethodSource("settingsOfEachKind")
  void whatIsRequiredIsNamedWhereItIsMissing(String kind, ChannelSetting setting) {
    ChannelConfig config = config(kind, setting.settingName(), "");

    if (setting.isRequired()) {
      assertThatThrownBy(config::create)
          .hasMessage(
              "channel '%s': setting '%s' has no value: it must be %s"
                  .formatted(kind, setting.settingName(), setting.requirement()));
    } else if (setting.defaultText().isEmpty() && setting.kind() != Setting.Kind.COUNT) {
      assertThatCode(config::create).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "slack, webhookUrl, ftp://acme.com/hush-hush-42-hush-hush",
    "slack, webhookUrl, https://hooks.slack.com/services/hush-hush-42-hush-hush bad",
    "slack, webhookUrl, hush-hush-42-hush-hush${X}",
    "webhook, url, https://me:hush-hush-42-hush-hush@acme.com/",
    "webhook, secret, hush-hush-42-hush-hush${X}",
    "webhook, headers, hush-hush-42-hush-hush",
    "email, password, hush-hush-42-hush-hush",
    "pagerduty, routingKey, hush-hush-42-hush-hush",
    "teams, token, hush-hush-42-hush-hush${X}",
    "teams, fail, hush-hush-42-hush-hush",
  })
  void secretsAreNeverShown(String kind, String setting, String value) {
    ChannelConfig config = config(kind, setting, value);

    assertThat(config.toString()).doesNotContain(SECRET);
    assertThatThrownBy(config::create)
        .hasMessageStartingWith("channel '" + kind + "': ")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void aChannelShowsNoSecret() {
    assertThat(config("slack").create().toString()).doesNotContain(SECRET);
  }

  @Test
  void aSettingThatTheKindDoesNotHaveIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> config("slack", "smtpHost", "mail").create())
        .hasMessageStartingWith(
            "channel 'slack': there is no setting 'smtpHost': it must be one of name, level, ")
        .hasMessageContaining("webhookUrl")
        .hasMessageNotContaining("toEmails");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00-07:00", "22-07", "22:00", "22:00-22:00", "10pm-7am"})
  void quietHoursThatAreNoneAreRefused(String text) {
    assertThatThrownBy(() -> rules("quietHours", text))
        .hasMessageContaining("it must be two times of the day such as 22:00-07:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+02:00", "Mars/Base", "UTC+2"})
  void timeZonesWithoutANameAreRefused(String text) {
    assertThatThrownBy(() -> rules("timeZone", text))
        .hasMessageContaining("it must be a time zone such as Europe/Berlin");
  }

  @ParameterizedTest
  @CsvSource({
    "notifyOnOccurrence, '1,0'",
    "notifyOnOccurrence, 'first'",
    "every, -1",
    "spikeFactor, 1e3",
    "spikeFloor, 0",
    "errorRate, -0.1",
    "maxPerHour, 1.5",
    "timeout, 0",
    "giveUpAfter, 31 d"
  })
  void whatIsOutOfRangeIsRefused(String name, String value) {
    assertThatThrownBy(() -> rules(name, value))
        .hasMessageStartingWith(
            "channel 'slack': setting '" + name + "' has the value '" + value + "'");
  }

  @Test
  void anotherKindIsMadeByItsFactoryOfTheSettingsThatAreItsOwn() {
    NotificationChannel channel =
        config("teams", "name", "ops", "maxPerHour", "5", "theme", "dark").create();

    assertThat(channel.name()).isEqualTo("ops");
    assertThat(channel.rules().maxPerHour()).isEqualTo(5);
    assertThat(channel.notifier())
        .isEqualTo(new TeamsNotifierFactory.TeamsNotifier(Map.of("room", "42", "theme", "dark")));
  }

  @Test
  void whatAFactoryComplainsOfIsSaidWithTheChannel() {
    assertThatThrownBy(() -> new ChannelConfig("teams", Map.of("name", "ops")).create())
        .hasMessage("channel 'ops': setting 'room' has no value: it must be a room's number");
  }

  @Test
  void anUnknownKindIsRefusedWithTheKindsThereAre() {
    assertThatThrownBy(() -> new ChannelConfig("pigeon", Map.of()).create())
        .hasMessage(
            "channel 'pigeon': setting 'kind' has the value 'pigeon': it must be one of email,"
                + " slack, webhook, pagerduty, teams");
    assertThatThrownBy(() -> new ChannelConfig("", Map.of("name", "ops")).create())
        .hasMessageStartingWith("channel 'ops': setting 'kind' has no value: it must be one of ");
  }

  @Test
  void aConfigurationHasItsChannelsInTheirOrder() {
    HowdahConfig config =
        builder().channel(config("webhook").create()).channel(config("slack").create()).build();

    assertThat(config.channels())
        .extracting(NotificationChannel::name)
        .containsExactly("webhook", "slack");
    assertThat(config.toString()).endsWith(", channels=[webhook slack]]").doesNotContain(SECRET);
  }

  @Test
  void twoChannelsOfOneNameAreRefused() {
    HowdahConfig.Builder builder = builder().channel(config("slack").create());
    String message =
        "channel 'slack': setting 'name' has the value 'slack': it must be one that no other"
            + " channel has";

    assertThatThrownBy(() -> builder.channel(config("slack").create())).hasMessage(message);
    assertThatCode(() -> builder.channel(config("slack", "name", "slack-2").create()))
        .doesNotThrowAnyException();
  }

  @Test
  void aWrongChannelIsComplainedOfOnceAndTheOthersAreThere() {
    List<String> complaints = new ArrayList<>();
    HowdahConfig config =
        builder()
            .channels(
                List.of(
                    () -> config("slack", "every", "x").create(),
                    () -> config("webhook").create(),
                    () -> config("pigeon").create(),
                    () -> config("webhook").create()),
                complaints::add)
            .build();

    assertThat(config.channels()).extracting(NotificationChannel::name).containsExactly("webhook");
    assertThat(complaints)
        .hasSize(3)
        .allMatch(complaint -> complaint.endsWith("; the channel is left out"));
  }

  private static HowdahConfig.Builder builder() {
    return HowdahConfig.builder().set("url", "jdbc:postgresql://localhost/app");
  }
}
