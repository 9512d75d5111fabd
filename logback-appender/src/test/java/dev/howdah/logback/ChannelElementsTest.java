package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.howdah.ChannelSetting;
import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.Notifier;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What only Joran has of channels; the rest is in the conformance suite. */
@PostgresTest
class ChannelElementsTest {

  private final TestDatabase db;
  @TempDir Path directory;

  ChannelElementsTest(TestDatabase db) {
    this.db = db;
  }

  /** A notifier of the application's, with a setting of its own. */
  public static final class Pager implements Notifier {
    private String room = "none";

    /** Made by Logback. */
    public Pager() {}

    public void setRoom(String room) {
      this.room = room;
    }

    @Override
    public String kind() {
      return "pager";
    }

    @Override
    public void send(Notification notification) {}

    @Override
    public String toString() {
      return "pager in room " + room;
    }
  }

  static Stream<Arguments> settingsOfEachElement() {
    return Stream.of(
            new EmailElement(), new SlackElement(), new WebhookElement(), new PagerDutyElement())
        .flatMap(
            element ->
                ChannelSetting.of(element.kind()).stream()
                    .map(setting -> Arguments.of(element.getClass(), setting)));
  }

  @ParameterizedTest
  @MethodSource("settingsOfEachElement")
  void everySettingIsAPropertyOfItsElement(Class<?> element, ChannelSetting setting) {
    String name = setting.settingName();
    String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);

    assertThatCode(() -> element.getMethod(setter, String.class)).doesNotThrowAnyException();
  }

  @Test
  void aNotifierOfTheApplicationsIsMadeWithItsOwnSettings() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      fixture.configure(
          fixture.connection()
              + "<notifier class='"
              + Pager.class.getName()
              + "'><room>42</room></notifier>");

      assertThat(fixture.complaints()).isEmpty();
      assertThat(fixture.appender().channels())
          .singleElement()
          .satisfies(
              channel -> {
                assertThat(channel.name()).isEqualTo("pager");
                assertThat(channel.notifier()).hasToString("pager in room 42");
                assertThat(channel.rules()).isEqualTo(NotificationRules.DEFAULT);
              });
    }
  }

  @Test
  void aSecondNotifierOfOneKindIsToldOfAndLeftOut() throws Exception {
    String notifier = "<notifier class='" + Pager.class.getName() + "'/>";
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      fixture.configure(fixture.connection() + notifier + notifier);

      assertThat(fixture.complaints())
          .singleElement()
          .asString()
          .startsWith("channel 'pager': setting 'name' has the value 'pager'")
          .endsWith("; the channel is left out");
      assertThat(fixture.appender().isStarted()).isTrue();
      assertThat(fixture.appender().channels()).hasSize(1);
    }
  }

  @Test
  void aChannelElementOfOneOfHowdahsOwnKindsHasItsSettings() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      fixture.configure(
          fixture.connection()
              + "<channel><kind>webhook</kind><setting><name>url</name>"
              + "<value>https://acme.com/</value></setting></channel>");

      assertThat(fixture.complaints()).isEmpty();
      assertThat(fixture.appender().channels())
          .extracting(NotificationChannel::name)
          .containsExactly("webhook");
    }
  }

  @Test
  void aChannelWithoutAKindIsToldOf() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      fixture.configure(fixture.connection() + "<channel><name>ops</name></channel>");

      assertThat(fixture.complaints())
          .singleElement()
          .asString()
          .startsWith("channel 'ops': setting 'kind' has no value: it must be one of email, ");
    }
  }

  @Test
  void aProgramAddsAChannel() {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.addNotificationChannel(
          new NotificationChannel("ops", new Pager(), NotificationRules.DEFAULT));
      fixture.appender.addNotifier(new Pager());
      fixture.start();

      assertThat(fixture.appender.channels())
          .extracting(NotificationChannel::name)
          .isEqualTo(List.of("ops", "pager"));
    }
  }
}
