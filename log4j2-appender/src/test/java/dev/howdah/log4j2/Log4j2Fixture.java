package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.ConfigurationSource;

/** A LoggerContext that Log4j2 sets up from a text, as in an application, with an own schema. */
final class Log4j2Fixture implements AutoCloseable {

  final String schema;
  private final LoggerContext context;
  private final TestDatabase db;
  private final Path directory;

  Log4j2Fixture(TestDatabase db, Path directory) {
    this(db, directory, new LoggerContext("test"));
  }

  /** For another kind of context, such as that of asynchronous loggers. */
  Log4j2Fixture(TestDatabase db, Path directory, LoggerContext context) {
    this(db, directory, context, TestDatabase.newSchemaName());
  }

  /** For appenders that share a schema. */
  Log4j2Fixture(TestDatabase db, Path directory, LoggerContext context, String schema) {
    this.db = db;
    this.directory = directory;
    this.context = context;
    this.schema = schema;
  }

  /** Where the database is, as whom to come, and what keeps tests apart and quick. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("url", db.url());
    settings.put("username", db.username());
    settings.put("password", password());
    settings.putAll(surroundings());
    return settings;
  }

  /** What keeps tests apart and quick. */
  Map<String, String> surroundings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("schema", schema);
    settings.put("directory", directory.toString());
    settings.put("shutdownHook", "false");
    settings.put("retryMin", "20 ms");
    settings.put("retryMax", "100 ms");
    return settings;
  }

  /** The settings as attributes of an element. */
  String attributes() {
    return attributes(settings());
  }

  static String attributes(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(entry -> entry.getKey() + "='" + entry.getValue().replace("&", "&amp;") + "'")
        .collect(Collectors.joining(" "));
  }

  /** Where no password is asked for, any will do: none at all would be looked up elsewhere. */
  String password() {
    return db.password().isEmpty() ? "none" : db.password();
  }

  /** The whole file, with this element as its appender PG. */
  static String file(String postgres) {
    return "<Configuration><Appenders>"
        + postgres
        + "</Appenders><Loggers><Root level='TRACE'><AppenderRef ref='PG'/></Root></Loggers>"
        + "</Configuration>";
  }

  /** Configures with one {@code <Postgres>} that has these attributes and the usual ones. */
  Logger configure(String attributes) {
    return configureFile(file("<Postgres name='PG' " + attributes() + " " + attributes + "/>"));
  }

  Logger configureFile(String xml) {
    return configureFile("log4j2.xml", xml);
  }

  /** The name's ending says which of Log4j2's formats it is. */
  Logger configureFile(String name, String text) {
    Path file = directory.resolve(name);
    ConfigurationSource source =
        new ConfigurationSource(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), file.toFile());
    Configuration configuration =
        ConfigurationFactory.getInstance().getConfiguration(context, source);
    if (context.isStarted()) {
      context.reconfigure(configuration);
    } else {
      context.start(configuration);
    }
    return context.getLogger("shop.Checkout");
  }

  LoggerContext context() {
    return context;
  }

  PostgresAppender appender() {
    return Objects.requireNonNull(context.getConfiguration().getAppender("PG"));
  }

  PipelineStats stats() {
    return Objects.requireNonNull(appender().getStats());
  }

  /** Until at least so many events have come to the appender; for whoever is to log on. */
  void awaitLogged(long events) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(1))
        .untilAsserted(
            () -> {
              PipelineStats stats = stats();
              assertThat(stats.logged()).as(stats.toString()).isGreaterThanOrEqualTo(events);
            });
  }

  void awaitWritten(long events) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              PipelineStats stats = stats();
              assertThat(stats.written()).as(stats.toString()).isEqualTo(events);
            });
  }

  String logs() {
    return schema + ".logs";
  }

  @Override
  public void close() {
    context.stop();
  }
}
