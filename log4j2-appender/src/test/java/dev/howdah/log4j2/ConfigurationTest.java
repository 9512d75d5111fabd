package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.howdah.Setting;
import dev.howdah.event.PipelineListener;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The element {@code <Postgres>} in each of Log4j2's formats, its attributes and their look-ups.
 */
@PostgresTest
class ConfigurationTest {

  /** Nobody listens there; nothing is waited for. */
  private static final String NOWHERE = "url='jdbc:postgresql://127.0.0.1:1/none' ";

  private final TestDatabase db;
  @TempDir Path directory;

  ConfigurationTest(TestDatabase db) {
    this.db = db;
  }

  /** Named by the attribute {@code listener}. */
  public static final class Hearing implements PipelineListener {
    static final AtomicLong ROWS = new AtomicLong();

    @Override
    public void batchWritten(int rows, int bytes, long nanos) {
      ROWS.addAndGet(rows);
    }
  }

  @BeforeEach
  void nothingHeard() {
    Hearing.ROWS.set(0);
  }

  @Test
  void isFoundInXml() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      assertLogs(fixture, fixture.configure("service='the-format'"));
    }
  }

  @Test
  void isFoundInStrictXml() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      assertLogs(
          fixture,
          fixture.configureFile(
              Log4j2Fixture.file(
                      "<Appender type='Postgres' name='PG' service='the-format' "
                          + fixture.attributes()
                          + "/>")
                  .replace("<Configuration>", "<Configuration strict='true'>")));
    }
  }

  @Test
  void isFoundInJson() throws Exception {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      assertLogs(
          fixture,
          fixture.configureFile(
              "log4j2.json", new ObjectMapper().writeValueAsString(tree(fixture))));
    }
  }

  @Test
  void isFoundInYaml() throws Exception {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      assertLogs(
          fixture,
          fixture.configureFile("log4j2.yaml", new YAMLMapper().writeValueAsString(tree(fixture))));
    }
  }

  private static Map<String, Object> tree(Log4j2Fixture fixture) {
    Map<String, Object> postgres = new LinkedHashMap<>(fixture.settings());
    postgres.put("name", "PG");
    postgres.put("service", "the-format");
    postgres.put("batchSize", 65536);
    postgres.put("maintain", false);
    Map<String, Object> root = Map.of("level", "TRACE", "AppenderRef", Map.of("ref", "PG"));
    return Map.of(
        "Configuration",
        Map.of("Appenders", Map.of("Postgres", postgres), "Loggers", Map.of("Root", root)));
  }

  @Test
  void isFoundInProperties() throws Exception {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Properties properties = new Properties();
      fixture.settings().forEach((name, value) -> properties.put("appender.pg." + name, value));
      properties.put("appender.pg.type", "Postgres");
      properties.put("appender.pg.name", "PG");
      properties.put("appender.pg.service", "the-format");
      properties.put("appender.pg.hikari.type", "Hikari");
      properties.put("appender.pg.hikari.size.type", "Property");
      properties.put("appender.pg.hikari.size.name", "maximumPoolSize");
      properties.put("appender.pg.hikari.size.value", "3");
      properties.put("rootLogger.level", "TRACE");
      properties.put("rootLogger.appenderRef.pg.ref", "PG");
      StringWriter text = new StringWriter();
      properties.store(text, null);

      assertLogs(fixture, fixture.configureFile("log4j2.properties", text.toString()));
    }
  }

  @Test
  void isFoundByTheConfigurationBuilder() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      ConfigurationBuilder<BuiltConfiguration> builder =
          ConfigurationBuilderFactory.newConfigurationBuilder();
      AppenderComponentBuilder postgres =
          builder.newAppender("PG", "Postgres").addAttribute("service", "the-format");
      fixture.settings().forEach(postgres::addAttribute);
      builder
          .add(postgres)
          .add(builder.newRootLogger(Level.TRACE).add(builder.newAppenderRef("PG")));
      fixture.context().start(builder.build());

      assertLogs(fixture, fixture.context().getLogger("shop.Checkout"));
    }
  }

  @Test
  void isMadeByAProgram() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      PostgresBuilder builder =
          PostgresAppender.newBuilder()
              .setName("PG")
              .set("service", "the-format")
              .setDataSource(db.dataSource())
              .setListener(new Hearing());
      fixture.surroundings().forEach(builder::set);
      PostgresAppender appender = builder.build();
      assertThat(appender.isStarted()).isFalse();
      appender.start();
      Configuration configuration = new DefaultConfiguration();
      configuration.addAppender(appender);
      configuration.getRootLogger().addAppender(appender, Level.TRACE, null);
      configuration.getRootLogger().setLevel(Level.TRACE);
      fixture.context().start(configuration);

      assertLogs(fixture, fixture.context().getLogger("shop.Checkout"));
      assertThat(Hearing.ROWS.get()).isEqualTo(1);
    }
  }

  @Test
  void aProgramIsToldOfANameThatIsNoSetting() {
    assertThatThrownBy(() -> PostgresAppender.newBuilder().set("colour", "red"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no setting 'colour': it must be one of url, username");
  }

  private void assertLogs(Log4j2Fixture fixture, Logger logger) {
    logger.info("in {}", "any format");
    fixture.awaitWritten(1);
    assertThat(db.query("SELECT service, message FROM " + fixture.logs()))
        .containsExactly(List.of("the-format", "in any format"));
  }

  @Test
  void eachSettingIsAnAttributeWhoseUndefinedVariableIsNamed() {
    Map<String, String> undefined = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      undefined.put(setting.settingName(), "${sys:howdah.no.such}");
    }
    undefined.keySet().removeAll(List.of("url", "username", "password"));
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configureFile(
          Log4j2Fixture.file(
              "<Postgres name='PG' " + NOWHERE + Log4j2Fixture.attributes(undefined) + "/>"));

      assertThat(complaints.all()).hasSizeGreaterThanOrEqualTo(undefined.size());
      assertThat(undefined.keySet())
          .allSatisfy(
              name ->
                  assertThat(complaints.all())
                      .filteredOn(text -> text.startsWith("setting '" + name + "' has the value"))
                      .singleElement()
                      .asString()
                      .contains("'${sys:howdah.no.such}': the variable in it has no value; it must")
                      .endsWith("; its default is used"));
      assertThat(fixture.appender().isStarted()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Setting.class,
      names = {"URL", "USERNAME", "PASSWORD"})
  void withoutAConnectionsVariableItDoesNotStart(Setting setting) {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Map<String, String> settings = fixture.settings();
      settings.put(setting.settingName(), "${sys:howdah.no.such}");
      fixture.configureFile(
          Log4j2Fixture.file("<Postgres name='PG' " + Log4j2Fixture.attributes(settings) + "/>"));

      assertThat(complaints.all())
          .first()
          .asString()
          .startsWith(
              "appender PG does not start: setting '" + setting.settingName() + "' has the value '")
          .contains("the variable in it has no value");
      assertThat(fixture.appender().isStarted()).isFalse();
    }
  }

  @Test
  void withoutAUrlItSaysSoAndDoesNotStart() {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger = fixture.configureFile(Log4j2Fixture.file("<Postgres name='PG'/>"));
      logger.error("nobody takes it");

      assertThat(complaints.all())
          .first()
          .asString()
          .startsWith("appender PG does not start: setting 'url' has no value: it must be ");
      assertThat(fixture.appender().isStarted()).isFalse();
      assertThat(fixture.appender().getStats()).isNull();
      assertThat(fixture.appender().getInstanceId()).isNull();
    }
  }

  @Test
  void eachAttributeIsLookedUp() {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      wanted.put(setting.settingName(), setting.defaultText());
    }
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      wanted.putAll(fixture.settings());
      wanted.put("service", "the-format");
      wanted.forEach((name, value) -> System.setProperty("howdah.test." + name, value));
      Map<String, String> lookups = new LinkedHashMap<>(wanted);
      lookups.replaceAll((name, value) -> "${sys:howdah.test." + name + "}");
      Logger logger =
          fixture.configureFile(
              Log4j2Fixture.file(
                  "<Postgres name='PG' " + Log4j2Fixture.attributes(lookups) + "/>"));

      assertThat(complaints.all()).isEmpty();
      assertLogs(fixture, logger);
    } finally {
      wanted.keySet().forEach(name -> System.clearProperty("howdah.test." + name));
    }
  }

  @Test
  void environmentVariablesAndDefaultsAreLookedUp() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture
          .configure("service='${env:HOWDAH_NO_SUCH:-checkout}' release='${env:PATH}'")
          .info("looked up");
      fixture.awaitWritten(1);

      assertThat(db.query("SELECT service, release FROM " + fixture.schema + ".instances"))
          .containsExactly(List.of("checkout", Objects.requireNonNull(System.getenv("PATH"))));
    }
  }

  @Test
  void anUnknownAttributeIsNamed() {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("colour='red'").info("goes on");

      assertThat(complaints.all())
          .containsExactly("Postgres contains an invalid element or attribute \"colour\"");
      fixture.awaitWritten(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"includeLocation", "includeCallerData", "INCLUDELOCATION"})
  void theLocationIsIncludedUnderItsNameInLog4j2AsWell(String attribute) {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure(attribute + "='true'").info("from here");
      fixture.awaitWritten(1);

      assertThat(complaints.all()).isEmpty();
      assertThat(db.value("SELECT context->>'caller' FROM " + fixture.logs()))
          .contains("ConfigurationTest.theLocation");
    }
  }

  @Test
  void severalPatternsAreLinesOfAnAttribute() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      assertRedacted(fixture, fixture.configure("redactPatterns='card \\d{4}&#10;pin \\d+$'"));
    }
  }

  @Test
  void severalPatternsAreLinesOfAnElement() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      assertRedacted(
          fixture,
          fixture.configureFile(
              Log4j2Fixture.file(
                  "<Postgres name='PG' "
                      + fixture.attributes()
                      + "><redactPatterns>\n  card \\d{4}\n  pin \\d+$\n</redactPatterns>"
                      + "</Postgres>")));
    }
  }

  private void assertRedacted(Log4j2Fixture fixture, Logger logger) {
    logger.info("paid by card 1234, pin 99");
    fixture.awaitWritten(1);
    assertThat(db.value("SELECT message FROM " + fixture.logs()))
        .isEqualTo("paid by [redacted], [redacted]");
  }

  @Test
  void aListenerIsNamedByItsClass() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("listener='" + Hearing.class.getName() + "'").info("heard");
      fixture.awaitWritten(1);
    }
    assertThat(Hearing.ROWS.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.String", "shop.NoSuchClass"})
  void aClassThatIsNoListenerIsNamed(String name) {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture.configure("listener='" + name + "'").info("goes on");

      assertThat(complaints.all())
          .singleElement()
          .asString()
          .contains("setting 'listener' has the value '" + name + "': it must be a class that");
      fixture.awaitWritten(1);
    }
  }

  @Test
  void twoContextsOfTheSameSettingsAreApart() {
    try (Log4j2Fixture one = new Log4j2Fixture(db, directory, new LoggerContext("one"));
        Log4j2Fixture other = new Log4j2Fixture(db, directory, new LoggerContext("other"))) {
      String file = Log4j2Fixture.file("<Postgres name='PG' " + one.attributes() + "/>");
      one.configureFile(file);
      other.configureFile(file);

      assertThat(one.appender().getInstanceId()).isNotEqualTo(other.appender().getInstanceId());
    }
  }
}
