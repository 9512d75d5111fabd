package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compiles statements and runs them in a JVM of their own, as an application's would: what they log
 * must be in the database. Where they don't set up their framework, a file does. They are of Log4j2
 * when they import something of it, else of SLF4J and Logback; {@code log} is a logger of either.
 *
 * <p>A snippet with a package is a whole class, which other snippets name: it stands among the
 * sources of the tests, and must be the same there.
 */
final class JavaSnippet {

  private static final Pattern CLASS =
      Pattern.compile("package ([\\w.]+);.*?class (\\w+)", Pattern.DOTALL);
  private static final Pattern OWN_SET_UP =
      Pattern.compile("new PostgresAppender|PostgresAppender\\.newBuilder|newConfigurationBuilder");
  private static final String LOGBACK =
      """
      <configuration>
        <appender name="PG" class="dev.howdah.logback.PostgresAppender">
          <url>${DATABASE_URL}</url>
          <username>${DB_USER}</username>
          <password>${DB_PASSWORD}</password>
        </appender>
        <root level="INFO"><appender-ref ref="PG"/></root>
      </configuration>
      """;
  static final String LOG4J2 =
      Log4j2Snippet.fileOf(
          """
          <Postgres name="PG" url="${env:DATABASE_URL}" username="${env:DB_USER}"
              password="${env:DB_PASSWORD}"/>
          """);

  private final TestDatabase db;
  private final Path folder;

  JavaSnippet(TestDatabase db, Path folder) {
    this.db = db;
    this.folder = folder;
  }

  void run(Snippet snippet) throws Exception {
    var wholeClass = CLASS.matcher(snippet.text());
    if (wholeClass.find()) {
      Path source =
          Path.of("src/test/java", wholeClass.group(1).split("\\."))
              .resolve(wholeClass.group(2) + ".java");
      assertThat(source).hasContent(snippet.text());
      return;
    }
    boolean isLog4j2 = snippet.text().contains("import org.apache.logging.log4j.");
    boolean ownSetUp = OWN_SET_UP.matcher(snippet.text()).find();
    ForkedJava java = new ForkedJava(db, folder);
    java.compile(program(snippet.text(), isLog4j2));
    Path logback =
        java.resource(
            "logback-of-the-snippet.xml", isLog4j2 || ownSetUp ? "<configuration/>" : LOGBACK);
    Path log4j2 =
        java.resource(
            "log4j2-of-the-snippet.xml", isLog4j2 && !ownSetUp ? LOG4J2 : "<Configuration/>");
    long before = db.count("SELECT count(*) FROM monitoring.log_events");
    java.run("-Dlogback.configurationFile=" + logback, "-Dlog4j2.configurationFile=" + log4j2);
    assertThat(db.count("SELECT count(*) FROM monitoring.log_events"))
        .as("rows after\n%s", snippet.text())
        .isGreaterThan(before);
  }

  private static String program(String snippet, boolean isLog4j2) {
    String imports =
        snippet.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining());
    String statements =
        snippet
            .lines()
            .filter(line -> !line.startsWith("import "))
            .collect(Collectors.joining("\n"));
    String log =
        isLog4j2
            ? "org.apache.logging.log4j.Logger log = org.apache.logging.log4j.LogManager"
            : "org.slf4j.Logger log = org.slf4j.LoggerFactory";
    return """
        %s
        public final class Main {
          private static final %s.getLogger("com.example.Checkout");
          public static void main(String[] args) throws Exception {
            %s
          }
        }
        """
        .formatted(imports, log, statements);
  }
}
