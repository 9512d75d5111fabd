package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.Notifier;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only Log4j2 has of channels: its formats and its reloads; the rest is in the suite. */
@PostgresTest
class ChannelElementsTest {

  private static final String SECRET = "hush-hush-42";
  private static final String URL = "https://hooks.slack.com/services/" + SECRET;

  private final TestDatabase db;
  @TempDir Path directory;

  ChannelElementsTest(TestDatabase db) {
    this.db = db;
  }

  /** Counts how often it is closed. */
  private static final class Pager implements Notifier {
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public String kind() {
      return "pager";
    }

    @Override
    public void send(Notification notification) {}

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static void assertChannels(Log4j2Fixture fixture) {
    assertThat(fixture.appender().channels())
        .extracting(NotificationChannel::name, channel -> channel.rules().every())
        .containsExactlyInAnyOrder(tuple("slack", 7), tuple("operators", 8), tuple("teams", 0));
  }

  private static Map<String, Object> tree(Log4j2Fixture fixture) {
    Map<String, Object> postgres = new LinkedHashMap<>(fixture.settings());
    postgres.put("name", "PG");
    postgres.put(
        "Slack",
        List.of(
            Map.of("webhookUrl", URL, "every", 7),
            Map.of("webhookUrl", URL, "every", 8, "name", "operators")));
    postgres.put("Channel", Map.of("kind", "teams", "room", "42"));
    Map<String, Object> root = Map.of("level", "TRACE", "AppenderRef", Map.of("ref", "PG"));
    return Map.of(
        "Configuration",
        Map.of("Appenders", Map.of("Postgres", postgres), "Loggers", Map.of("Root", root)));
  }

  @Test
  void areFoundInJson() throws Exception {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configureFile("log4j2.json", new ObjectMapper().writeValueAsString(tree(fixture)));

      assertChannels(fixture);
    }
  }

  @Test
  void areFoundInYaml() throws Exception {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configureFile("log4j2.yaml", new YAMLMapper().writeValueAsString(tree(fixture)));

      assertChannels(fixture);
    }
  }

  @Test
  void areFoundInProperties() throws Exception {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Properties properties = new Properties();
      fixture.settings().forEach((name, value) -> properties.put("appender.pg." + name, value));
      properties.putAll(
          Map.of(
              "appender.pg.type", "Postgres",
              "appender.pg.name", "PG",
              "appender.pg.one.type", "Slack",
              "appender.pg.one.webhookUrl", URL,
              "appender.pg.one.every", "7",
              "appender.pg.two.type", "Slack",
              "appender.pg.two.name", "operators",
              "appender.pg.two.webhookUrl", URL,
              "appender.pg.two.every", "8"));
      properties.putAll(
          Map.of(
              "appender.pg.three.type", "Channel",
              "appender.pg.three.kind", "teams",
              "appender.pg.three.room", "42",
              "rootLogger.level", "TRACE",
              "rootLogger.appenderRef.pg.ref", "PG"));
      StringWriter text = new StringWriter();
      properties.store(text, null);
      fixture.configureFile("log4j2.properties", text.toString());

      assertChannels(fixture);
    }
  }

  @Test
  void areFoundInStrictXml() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configureFile(
          Log4j2Fixture.file(
                  "<Appender type='Postgres' name='PG' "
                      + fixture.attributes()
                      + "><A type='Slack' every='7' webhookUrl='"
                      + URL
                      + "'/><B type='Slack' name='operators' every='8' webhookUrl='"
                      + URL
                      + "'/><C type='Channel' kind='teams' room='42'/></Appender>")
              .replace("<Configuration>", "<Configuration strict='true'>"));

      assertChannels(fixture);
    }
  }

  @Test
  void anUnknownAttributeIsNamed() {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configureFile(withElement(fixture, "<Slack colour='red' webhookUrl='" + URL + "'/>"));

      assertThat(complaints.all())
          .containsExactly("Slack contains an invalid element or attribute \"colour\"");
      assertThat(fixture.appender().channels()).hasSize(1);
    }
  }

  private static String withElement(Log4j2Fixture fixture, String element) {
    return Log4j2Fixture.file(
        "<Postgres name='PG' " + fixture.attributes() + ">" + element + "</Postgres>");
  }

  @Test
  void aChangedChannelHasANewInstanceAndAnUnchangedOneHasNot() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      String file = withElement(fixture, "<Slack webhookUrl='" + URL + "'/>");
      fixture.configureFile(file);
      Long first = fixture.appender().getInstanceId();
      fixture.configureFile(file);
      assertThat(fixture.appender().getInstanceId()).isEqualTo(first);

      fixture.configureFile(file.replace(SECRET, "other-42"));
      assertThat(fixture.appender().getInstanceId()).isNotEqualTo(first);
    }
  }

  @Test
  void whatAReloadMadeInVainIsClosed() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      String file = withElement(fixture, "<Channel kind='teams' room='made in vain'/>");
      fixture.configureFile(file);
      assertThat(TeamsNotifierFactory.CLOSED).doesNotContain("made in vain");
      fixture.configureFile(file);

      assertThat(TeamsNotifierFactory.CLOSED).containsOnlyOnce("made in vain");
    }
  }

  @Test
  void aNotifierThatTwoAppendersShareIsNotClosedWithTheSecond() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Pager pager = new Pager();
      PostgresAppender first = started(fixture, pager);
      PostgresAppender second = started(fixture, pager);
      try {
        assertThat(second.getInstanceId()).isEqualTo(first.getInstanceId());
        assertThat(pager.closed).hasValue(0);
      } finally {
        second.stop();
        first.stop();
      }
    }
  }

  private PostgresAppender started(Log4j2Fixture fixture, Notifier notifier) {
    PostgresBuilder builder =
        PostgresAppender.newBuilder()
            .setName("PG")
            .addChannel(new NotificationChannel("ops", notifier, NotificationRules.DEFAULT));
    fixture.settings().forEach(builder::set);
    PostgresAppender appender = builder.build();
    appender.start();
    return appender;
  }
}
