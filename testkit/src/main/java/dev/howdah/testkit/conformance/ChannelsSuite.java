package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Channels that tell people of errors, as the framework's file names them: they arrive with their
 * settings; one that is wrong is told of once and left out, and all else starts. No secret of
 * theirs is in any status message.
 */
@OneJdk
public abstract class ChannelsSuite extends ConformanceSuite {

  private static final String SECRET = "hush-hush-42-hush-hush";
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  /**
   * For a subclass that names its framework. A factory of the kind {@code teams} must be among its
   * tests, whose notifier's {@code toString()} shows the setting {@code room}.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected ChannelsSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  private static Channel slack(String... namesAndValues) {
    return channel(
        "slack", "webhookUrl", "https://hooks.slack.com/services/" + SECRET, namesAndValues);
  }

  private static Channel channel(String kind, String name, String value, String... others) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(name, value);
    for (int i = 0; i < others.length; i += 2) {
      settings.put(others[i], others[i + 1]);
    }
    return new Channel(kind, settings);
  }

  @Test
  void eachKindIsThere() {
    Session session =
        start(
            List.of(
                slack(),
                channel(
                    "email",
                    "smtpHost",
                    "mail.acme.com",
                    "fromEmail",
                    "alerts@acme.com",
                    "toEmails",
                    "a@acme.com, b@acme.com"),
                channel("webhook", "url", "https://acme.com/hook", "secret", SECRET),
                channel("pagerDuty", "routingKey", KEY),
                channel("teams", "room", "42")));

    assertThat(session.complaints()).isEmpty();
    assertThat(session.channels())
        .satisfiesExactlyInAnyOrder(
            channel -> assertThat(channel).contains("name=slack", "hooks.slack.com"),
            channel -> assertThat(channel).contains("name=email", "mail.acme.com"),
            channel -> assertThat(channel).contains("name=webhook", "acme.com"),
            channel -> assertThat(channel).contains("name=pagerduty", "events.pagerduty.com"),
            channel -> assertThat(channel).contains("name=teams", "room=42"));
  }

  @Test
  void rulesAreThoseOfTheFile() {
    Session session =
        start(
            List.of(
                slack(
                    "name", "operators",
                    "level", "warn",
                    "notifyOnOccurrence", "1,10",
                    "every", "1000",
                    "regressions", "false",
                    "spikeFactor", "2.5",
                    "spikeFloor", "20",
                    "errorRate", "0.1",
                    "services", "shop,checkout*",
                    "environments", "production",
                    "exceptionTypes", "java.sql.*",
                    "loggers", "com.acme.*",
                    "quietHours", "22:00-07:30",
                    "timeZone", "Europe/Berlin",
                    "maxPerHour", "5",
                    "contextKeys", "order_id",
                    "link", "https://wiki/{fingerprint}",
                    "timeout", "3 s",
                    "giveUpAfter", "2 h")));

    assertThat(session.complaints()).isEmpty();
    assertThat(session.channels())
        .singleElement()
        .asString()
        .contains(
            "name=operators",
            "level=WARN",
            "notifyOnOccurrence=[1, 10]",
            "every=1000",
            "regressions=false",
            "spikeFactor=2.5",
            "spikeFloor=20",
            "errorRate=0.1",
            "services=[shop, checkout*]",
            "environments=[production]",
            "exceptionTypes=[java.sql.*]",
            "loggers=[com.acme.*]",
            "quietFrom=22:00",
            "quietUntil=07:30",
            "zone=Europe/Berlin",
            "maxPerHour=5",
            "contextKeys=[order_id]",
            "link=https://wiki/{fingerprint}",
            "timeout=PT3S",
            "giveUpAfter=PT2H");
  }

  @Test
  void severalOfOneKindHaveNames() {
    Session session = start(List.of(slack(), slack("name", "operators", "level", "fatal")));

    assertThat(session.complaints()).isEmpty();
    assertThat(session.channels())
        .satisfiesExactlyInAnyOrder(
            channel -> assertThat(channel).contains("name=slack", "level=ERROR"),
            channel -> assertThat(channel).contains("name=operators", "level=FATAL"));
  }

  @Test
  void twoOfOneNameAreToldOfAndTheFirstIsUsed() {
    Session session = start(List.of(slack("every", "7"), slack("every", "8")));

    assertThat(session.complaints())
        .containsExactly(
            "channel 'slack': setting 'name' has the value 'slack': it must be one that no other"
                + " channel has; the channel is left out");
    assertThat(session.channels()).singleElement().asString().contains("every=7");
  }

  @Test
  void variablesAreLookedUp() {
    Session session =
        start(
            List.of(
                slack("maxPerHour", "${NO_SUCH_VARIABLE:-7}"),
                channel("teams", "room", "${NO_SUCH_VARIABLE:-43}")));

    assertThat(session.complaints()).isEmpty();
    assertThat(session.channels())
        .anyMatch(channel -> channel.contains("maxPerHour=7"))
        .anyMatch(channel -> channel.contains("room=43"));
  }

  @ParameterizedTest
  @CsvSource({
    "slack, every, often, a whole number from 0 to 2147483647",
    "slack, level, loud, 'one of trace, debug, info, warn, error, fatal'",
    "slack, quietHours, at night, two times of the day such as 22:00-07:00",
    "slack, link, https://wiki/{number}, 'a text with variables such as {title}, {service} or"
        + " {context.KEY}'",
    "email, smtpPort, 0, a whole number from 1 to 65535",
    "email, security, rot13, 'one of starttls, smtps, none'",
    "webhook, method, get, 'one of post, put'",
    "pagerDuty, maxPerHour, -1, a whole number from 0 to 1000000",
  })
  void aWrongSettingIsToldOfOnceAndTheRestStarts(
      String kind, String setting, String value, String right) {
    Map<String, String> wrong = new LinkedHashMap<>(least(kind));
    wrong.put(setting, value);
    Session session = start(List.of(new Channel(kind, wrong), channel("teams", "room", "42")));
    session.log(Call.at(Level.INFO, "the application goes on"));
    awaitWritten(session, 1);

    assertThat(session.complaints())
        .singleElement()
        .asString()
        .startsWith(
            "channel '%s': setting '%s' has the value '%s': "
                .formatted(kind.toLowerCase(Locale.ROOT), setting, value))
        .endsWith("it must be " + right + "; the channel is left out");
    assertThat(session.channels()).singleElement().asString().contains("name=teams");
  }

  private static Map<String, String> least(String kind) {
    return switch (kind) {
      case "email" ->
          Map.of("smtpHost", "mail", "fromEmail", "alerts@acme.com", "toEmails", "a@acme.com");
      case "webhook" -> Map.of("url", "https://acme.com/hook");
      case "pagerDuty" -> Map.of("routingKey", KEY);
      default -> slack().settings();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "slack, webhookUrl, a URL such as https://example.com/path",
    "email, smtpHost, a text that is not empty",
    "webhook, url, a URL such as https://example.com/path",
    "pagerDuty, routingKey, a text",
  })
  void whatIsMissingIsToldOfOnceAndTheRestStarts(String kind, String setting, String right) {
    Map<String, String> undefined = new LinkedHashMap<>(least(kind));
    undefined.put(setting, "${NO_SUCH_VARIABLE}");
    Map<String, String> missing = new LinkedHashMap<>(least(kind));
    missing.remove(setting);
    missing.put("name", "other");
    Session session = start(List.of(new Channel(kind, undefined), new Channel(kind, missing)));
    session.log(Call.at(Level.INFO, "the application goes on"));
    awaitWritten(session, 1);

    assertThat(session.complaints())
        .satisfiesExactly(
            complaint ->
                assertThat(complaint)
                    .contains("setting '" + setting + "' has the value '")
                    .contains("the variable in it has no value; it must be " + right)
                    .endsWith("; the channel is left out"),
            complaint ->
                assertThat(complaint)
                    .isEqualTo(
                        "channel 'other': setting '%s' has no value: it must be %s; the channel is"
                            + " left out",
                        setting, right));
    assertThat(session.channels()).isEmpty();
  }

  @Test
  void anUnknownKindIsToldOfWithTheKindsThereAre() {
    Session session = start(List.of(channel("pigeon", "name", "loft")));

    assertThat(session.complaints())
        .containsExactly(
            "channel 'loft': setting 'kind' has the value 'pigeon': it must be one of email, slack,"
                + " webhook, pagerduty, teams; the channel is left out");
  }

  @Test
  void noSecretIsInAnyStatusMessage() {
    List<Channel> channels = new ArrayList<>();
    channels.add(slack());
    channels.add(slack("name", "wrong", "every", "often"));
    channels.add(channel("slack", "webhookUrl", SECRET, "name", "no-url"));
    channels.add(channel("pagerDuty", "routingKey", SECRET));
    channels.add(channel("webhook", "url", "https://acme.com/" + SECRET, "secret", SECRET));
    channels.add(channel("webhook", "url", "https://acme.com/", "headers", SECRET, "name", "h"));
    channels.add(channel("email", "smtpHost", "mail", "password", SECRET));
    channels.add(channel("teams", "room", "42", "token", SECRET));
    Session session = start(channels);
    session.reconfigure(settings);

    assertThat(session.complaints()).hasSizeGreaterThan(4);
    assertThat(session.statusMessages())
        .isNotEmpty()
        .noneMatch(message -> message.contains(SECRET));
  }
}
