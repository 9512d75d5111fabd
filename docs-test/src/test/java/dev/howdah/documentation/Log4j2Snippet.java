package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.TestJndi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.core.LoggerContext;

/**
 * Configures Log4j2 as the snippet says: nothing may be complained of, and a line that is logged
 * must be in the database, once.
 *
 * <p>A JVM can't change its own environment, and Spring's is not here: what a snippet looks up
 * there is found among the system's properties instead.
 */
final class Log4j2Snippet {

  private static final Pattern SCHEMA = Pattern.compile("schema=\"(\\w+)\"");
  private static final Pattern TABLE_OF_JDBC = Pattern.compile("<JDBC[^>]* tableName=\"(\\w+)\"");
  private static final Pattern NAME = Pattern.compile("^<Postgres name=\"(\\w+)\"");

  private final TestDatabase db;
  private final Path folder;

  Log4j2Snippet(TestDatabase db, Path folder) {
    this.db = db;
    this.folder = folder;
  }

  /** The ending is that of log4j2.xml, .json, .yaml or .properties, by which Log4j2 knows it. */
  void run(String ending, String configuration) throws Exception {
    Path file = Files.createTempFile(folder, "log4j2", "." + ending);
    Files.writeString(
        file, configuration.replace("${env:", "${sys:").replace("${spring:", "${sys:"));
    String line = "documented " + UUID.randomUUID();
    Map<String, String> properties = properties();
    properties.forEach(System::setProperty);
    TestJndi.knows(db.dataSource());
    try (StatusMessages complaints = StatusMessages.ofWarningsAndErrors()) {
      LoggerContext context = new LoggerContext("snippet", null, file.toUri());
      context.start();
      context.getLogger("com.example.Checkout").error(line);
      context.stop();
      assertThat(complaints.all()).as(configuration).isEmpty();
    } finally {
      TestJndi.isGone();
      properties.keySet().forEach(System::clearProperty);
    }
    assertThat(
            db.count(
                "SELECT count(*) FROM %s WHERE message = '%s'"
                    .formatted(tableOf(configuration), line)))
        .as(configuration)
        .isEqualTo(1);
  }

  /** The whole file, for one element. */
  static String fileOf(String appender) {
    Matcher name = NAME.matcher(appender);
    assertThat(name.find()).as("the name comes first in\n%s", appender).isTrue();
    return """
        <Configuration>
          <Appenders>%s</Appenders>
          <Loggers><Root level="INFO"><AppenderRef ref="%s"/></Root></Loggers>
        </Configuration>
        """
        .formatted(appender, name.group(1));
  }

  private static String tableOf(String configuration) {
    Matcher table = TABLE_OF_JDBC.matcher(configuration);
    if (table.find()) {
      return table.group(1);
    }
    Matcher schema = SCHEMA.matcher(configuration);
    return (schema.find() ? schema.group(1) : "monitoring") + ".logs";
  }

  private Map<String, String> properties() {
    String password = LoggedShop.passwordOf(db);
    return Map.of(
        "DATABASE_URL",
        db.url(),
        "DB_USER",
        db.username(),
        "DB_PASSWORD",
        password,
        "spring.application.name",
        "checkout",
        "spring.datasource.url",
        db.url(),
        "spring.datasource.username",
        db.username(),
        "spring.datasource.password",
        password,
        "log4j2.enableJndiJdbc",
        "true",
        "SLACK_URL",
        Receiver.url());
  }

  /** Of the languages that both Log4j2 and others use. */
  static boolean isConfiguration(Snippet snippet) {
    return switch (snippet.language()) {
      case "json" -> snippet.text().contains("\"Configuration\"");
      case "properties" -> List.of(snippet.text().split("\n")).contains("rootLogger.level = INFO");
      default -> false;
    };
  }
}
