package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Logger;
import dev.howdah.Setting;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every setting can be set by Joran's XML, with its default and its unit as text. */
@PostgresTest
class ConfigurationTest {

  private final TestDatabase db;
  @TempDir Path directory;

  ConfigurationTest(TestDatabase db) {
    this.db = db;
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everySettingIsAPropertyOfTheAppender(Setting setting) {
    String name = setting.settingName();
    String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    assertThatCode(() -> PostgresAppender.class.getMethod(setter, String.class))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void aWrongValueIsRefusedUnderTheNameOfItsOwnProperty(Setting setting) throws Exception {
    String name = setting.settingName();
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      // Whatever a property takes, a variable without a value is none of it.
      fixture.configureFile(XmlFixture.file("<%s>${NO_SUCH_VARIABLE}</%s>".formatted(name, name)));

      assertThat(fixture.complaints())
          .anyMatch(c -> c.contains("setting '" + name + "' has the value '"))
          .anyMatch(c -> c.contains("the variable in it has no value"));
    }
  }

  @Test
  void allDefaultsWrittenOutStartWithoutAComplaint() throws Exception {
    Map<Setting, String> apart = Map.of(Setting.URL, db.url(), Setting.USERNAME, db.username());
    String elements =
        Arrays.stream(Setting.values())
            .map(
                setting ->
                    "<%1$s>%2$s</%1$s>"
                        .formatted(
                            setting.settingName(),
                            apart.getOrDefault(setting, setting.defaultText())))
            .collect(Collectors.joining("\n"));
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      Logger logger =
          fixture.configureFile(
              XmlFixture.file(
                  db.password().isEmpty()
                      ? elements
                      : elements.replace(
                          "<password></password>", "<password>" + db.password() + "</password>")));
      logger.info("by default");
      fixture.awaitWritten(1);

      assertThat(fixture.complaints()).isEmpty();
    }
    assertThat(db.query("SELECT service, message FROM monitoring.logs"))
        .containsExactly(List.of("application", "by default"));
  }

  @Test
  void variablesOfTheEnvironmentAndTheirDefaultsAreTaken() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      fixture.configure(
          fixture.connection()
              + "<service>${PATH:-unset}</service>"
              + "<environment>${NO_SUCH_VARIABLE:-staging}</environment>"
              + "<release>${java.specification.version}</release>");
      fixture.context.getLogger("any").info("one");
      fixture.awaitWritten(1);

      assertThat(
              db.query(
                  "SELECT service, environment, release FROM " + fixture.schema + ".instances"))
          .containsExactly(
              List.of(
                  System.getenv("PATH"),
                  "staging",
                  System.getProperty("java.specification.version")));
      assertThat(fixture.complaints()).isEmpty();
    }
  }

  @Test
  void settingsChangeWhatIsWritten() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      Logger logger =
          fixture.configure(
              fixture.connection()
                  + "<maxMessageLength>64</maxMessageLength>"
                  + "<includeCallerData>true</includeCallerData>"
                  + "<includeKeyValues>false</includeKeyValues>"
                  + "<redactPatterns>[0-9]{4}-[0-9]{4}\n  sk_[a-z]+</redactPatterns>");
      logger
          .atInfo()
          .addKeyValue("left", "out")
          .log("card 1234-5678, key sk_live " + "x".repeat(99));
      fixture.awaitWritten(1);

      assertThat(
              db.query(
                  "SELECT message LIKE 'card [redacted], key [redacted] x%… [cut]',"
                      + " context->>'caller' LIKE '%ConfigurationTest.settings%', context->>'left'"
                      + " FROM "
                      + fixture.schema
                      + ".logs"))
          .containsExactly(Arrays.asList("t", "t", null));
    }
  }
}
