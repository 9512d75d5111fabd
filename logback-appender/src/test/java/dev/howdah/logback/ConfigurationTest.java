package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.howdah.Setting;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Joran's XML makes of settings; what they do is in the conformance suite. */
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
}
