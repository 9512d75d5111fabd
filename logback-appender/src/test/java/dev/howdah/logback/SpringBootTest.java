package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A Spring Boot application whose {@code logback-spring.xml} takes its settings by {@code
 * <springProperty>}. Spring works on SLF4J's own LoggerContext, which is put back afterwards.
 */
@PostgresTest
class SpringBootTest {

  /** An application without a bean. */
  static final class Shop {}

  private final TestDatabase db;
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final String schema = TestDatabase.newSchemaName();
  @TempDir Path directory;

  SpringBootTest(TestDatabase db) {
    this.db = db;
  }

  @AfterEach
  void putLoggingBack() throws Exception {
    LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    context.reset();
    context.getStatusManager().clear();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void springPropertiesAreTheSettings() throws Exception {
    try (ConfigurableApplicationContext application = start("shop.onFull", "shed")) {
      assertThat(application.isRunning()).isTrue();
      LoggerFactory.getLogger("shop.Checkout").info("from Spring");
      await().atMost(Duration.ofSeconds(20)).until(() -> appender().getStats().pending() == 0);

      assertThat(
              db.query(
                  "SELECT service, environment, message FROM "
                      + schema
                      + ".logs WHERE logger = 'shop.Checkout'"))
          .containsExactly(List.of("spring-shop", "staging", "from Spring"));
      assertThat(AppenderFixture.complaints(context)).isEmpty();
    }
  }

  @Test
  void aMistakeInASettingDoesNotStopTheApplication() throws Exception {
    try (ConfigurableApplicationContext application = start("shop.onFull", "explode")) {
      assertThat(application.isRunning()).isTrue();
      assertThat(AppenderFixture.complaints(context))
          .singleElement()
          .asString()
          .startsWith("setting 'onFull' has the value 'explode': ");
    }
  }

  @Test
  void aUrlThatIsMissingDoesNotStopTheApplication() throws Exception {
    try (ConfigurableApplicationContext application = start("spring.datasource.url", "")) {
      assertThat(application.isRunning()).isTrue();
      assertThat(AppenderFixture.complaints(context))
          .singleElement()
          .asString()
          .startsWith("appender PG does not start: setting 'url' has the value '': ");
    }
  }

  private ConfigurableApplicationContext start(String property, String value) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("logback-spring.xml"),
            """
            <configuration>
              <springProperty name="url" source="spring.datasource.url"/>
              <springProperty name="username" source="spring.datasource.username"/>
              <springProperty name="password" source="spring.datasource.password"/>
              <springProperty name="service" source="spring.application.name"/>
              <springProperty name="environment" source="shop.stage" defaultValue="staging"/>
              <springProperty name="schema" source="shop.schema"/>
              <springProperty name="onFull" source="shop.onFull" defaultValue="shed"/>
              <appender name="PG" class="dev.howdah.logback.PostgresAppender">
                <url>${url}</url>
                <username>${username}</username>
                <password>${password}</password>
                <service>${service}</service>
                <environment>${environment}</environment>
                <schema>${schema}</schema>
                <onFull>${onFull}</onFull>
                <directory>%s</directory>
                <shutdownHook>false</shutdownHook>
              </appender>
              <root level="INFO"><appender-ref ref="PG"/></root>
            </configuration>
            """
                .formatted(directory));
    SpringApplication application = new SpringApplication(Shop.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    Map<String, String> properties = new HashMap<>();
    properties.put("logging.config", file.toString());
    properties.put("logging.register-shutdown-hook", "false");
    properties.put("spring.datasource.url", db.url());
    properties.put("spring.datasource.username", db.username());
    properties.put("spring.datasource.password", AppenderFixture.password(db));
    properties.put("spring.application.name", "spring-shop");
    properties.put("shop.schema", schema);
    properties.put(property, value);
    return application.run(
        properties.entrySet().stream()
            .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new));
  }

  private PostgresAppender appender() {
    return (PostgresAppender)
        Objects.requireNonNull(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("PG"));
  }
}
