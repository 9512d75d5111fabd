package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles statements and runs them in a JVM of their own, as an application's would: what they log
 * must be in the database. Where they don't set up Logback, a logback.xml does.
 *
 * <p>A snippet with a package is a whole class, which XML snippets name: it stands among the
 * sources of the tests, and must be the same there.
 */
final class JavaSnippet {

  private static final Pattern CLASS =
      Pattern.compile("package ([\\w.]+);.*?class (\\w+)", Pattern.DOTALL);
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
    Path classes = Files.createTempDirectory(folder, "java");
    compile(snippet, classes);
    Path logback = classes.resolve("logback-of-the-snippet.xml");
    boolean ownSetUp = snippet.text().contains("new PostgresAppender");
    Files.writeString(logback, ownSetUp ? "<configuration/>" : LOGBACK);
    long before = db.count("SELECT count(*) FROM monitoring.log_events");
    runIn(classes, logback);
    assertThat(db.count("SELECT count(*) FROM monitoring.log_events"))
        .as("rows after\n%s", snippet.text())
        .isGreaterThan(before);
  }

  private static void compile(Snippet snippet, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-Xlint:all,-classfile",
            "-Werror");
    boolean compiled =
        compiler
            .getTask(messages, null, null, options, null, List.of(source(snippet.text())))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static JavaFileObject source(String snippet) {
    String imports =
        snippet.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining());
    String statements =
        snippet
            .lines()
            .filter(line -> !line.startsWith("import "))
            .collect(Collectors.joining("\n"));
    String text =
        """
        %s
        public final class Main {
          private static final org.slf4j.Logger log =
              org.slf4j.LoggerFactory.getLogger("com.example.Checkout");
          public static void main(String[] args) throws Exception {
            %s
          }
        }
        """
            .formatted(imports, statements);
    return new SimpleJavaFileObject(URI.create("string:///Main.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private void runIn(Path classes, Path logback) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + logback,
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                "Main")
            .redirectErrorStream(true);
    builder.environment().put("DATABASE_URL", db.url());
    builder.environment().put("DB_USER", db.username());
    builder.environment().put("DB_PASSWORD", LoggedShop.passwordOf(db));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).doesNotContain("|-WARN", "|-ERROR");
  }
}
