package dev.howdah.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the demo as bin/demo does, in a JVM of its own. */
@PostgresTest
class DemoTest {

  private record Outcome(int exitCode, String output) {

    /** What stands between a title and the next. */
    String section(String title) {
      int start = output.indexOf("== " + title + "\n");
      assertThat(start).as("section '%s' in%n%s", title, output).isNotNegative();
      int end = output.indexOf("\n== ", start);
      return output.substring(start, end < 0 ? output.length() : end);
    }
  }

  private final TestDatabase db;

  DemoTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void itShowsWhatTheShopLoggedAndHowToConnect() throws Exception {
    Outcome demo = demo("--url", url());

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.section("The tail")).contains("request completed: 200 /order");
    assertThat(demo.section("Events by level"))
        .containsPattern("INFO +\\d{4}\\b")
        .containsPattern("WARN +12\\b")
        .containsPattern("ERROR +\\d+");
    assertThat(demo.section("Errors by type"))
        .contains("violates check", "violates unique constraint")
        .contains("canceling statement due to statement timeout")
        .contains("java.lang.NumberFormatException: For input string: \"x17\"")
        .contains("java.lang.NullPointerException: Cannot invoke");
    assertThat(demo.section("The slowest requests")).containsPattern("\\d+\\.\\d+ +/\\w+ +\\d{3}");
    assertThat(demo.section("One full stack trace"))
        .containsSubsequence(
            "java.lang.NullPointerException: Cannot invoke",
            "at dev.howdah.examples.shop.Orders.upperCase(Orders.java:",
            "at dev.howdah.examples.shop.Orders.street(Orders.java:",
            "at dev.howdah.examples.shop.Orders.label(Orders.java:");
    assertThat(demo.output())
        .contains("3000 requests were answered, 3000 are in the log.")
        .contains(
            "psql -h %s -p %d -U %s %s".formatted(db.host(), db.port(), db.username(), db.name()));
    assertThat(demo.output().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpSaysWhatCanBeAskedFor() throws Exception {
    Outcome help = demo("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("--keep", "--url", "psql");
  }

  @Test
  void aWrongCommandLineIsNamedAndNothingStarts() throws Exception {
    Outcome wrong = demo("--kep");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.output()).contains("there is no option '--kep'", "--keep");

    Outcome withoutValue = demo("--url");
    assertThat(withoutValue.exitCode()).isEqualTo(2);
    assertThat(withoutValue.output()).contains("--url needs a value");

    Outcome otherDatabase = demo("--url", "jdbc:other://localhost/db");
    assertThat(otherDatabase.exitCode()).isEqualTo(2);
    assertThat(otherDatabase.output()).contains("'jdbc:other://localhost/db' is no JDBC URL");
  }

  @Test
  void aServerThatIsAwayIsNamed() throws Exception {
    Outcome away = demo("--url", "jdbc:postgresql://localhost:1/db?user=nobody");

    assertThat(away.exitCode()).isEqualTo(1);
    assertThat(away.output()).contains("no PostgreSQL at jdbc:postgresql://localhost:1/db");
  }

  private String url() {
    return db.url() + "?user=" + db.username() + "&password=" + db.password();
  }

  private static Outcome demo(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path")));
    command.add(Demo.class.getName());
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
