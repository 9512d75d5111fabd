package dev.howdah.examples.shop.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import org.junit.jupiter.api.Test;

/** Runs the demo as bin/demo does, in a JVM of its own. */
@PostgresTest
class DemoTest {

  private final TestDatabase db;

  DemoTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void itShowsWhatTheShopLoggedAndHowToConnect() throws Exception {
    ForkedJvm.Result demo = demo("--url", url());

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(section(demo, "The tail")).contains("request completed: 200 /order");
    assertThat(section(demo, "Events by level"))
        .containsPattern("INFO +\\d{4}\\b")
        .containsPattern("WARN +12\\b")
        .containsPattern("ERROR +\\d+");
    assertThat(section(demo, "Errors by type"))
        .contains("violates check", "violates unique constraint")
        .contains("canceling statement due to statement timeout")
        .contains("java.lang.NumberFormatException: For input string: \"x17\"")
        .contains("java.lang.NullPointerException: Cannot invoke");
    assertThat(section(demo, "The slowest requests")).containsPattern("\\d+\\.\\d+ +/\\w+ +\\d{3}");
    assertThat(section(demo, "One full stack trace"))
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
    ForkedJvm.Result help = demo("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("--log4j2", "--keep", "--url", "psql");
  }

  @Test
  void aWrongCommandLineIsNamedAndNothingStarts() throws Exception {
    ForkedJvm.Result wrong = demo("--kep");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.output()).contains("there is no option '--kep'", "--keep");

    ForkedJvm.Result withoutValue = demo("--url");
    assertThat(withoutValue.exitCode()).isEqualTo(2);
    assertThat(withoutValue.output()).contains("--url needs a value");

    ForkedJvm.Result otherDatabase = demo("--url", "jdbc:other://localhost/db");
    assertThat(otherDatabase.exitCode()).isEqualTo(2);
    assertThat(otherDatabase.output()).contains("'jdbc:other://localhost/db' is no JDBC URL");
  }

  @Test
  void aServerThatIsAwayIsNamed() throws Exception {
    ForkedJvm.Result away = demo("--url", "jdbc:postgresql://localhost:1/db?user=nobody");

    assertThat(away.exitCode()).isEqualTo(1);
    assertThat(away.output()).contains("no PostgreSQL at jdbc:postgresql://localhost:1/db");
  }

  private String url() {
    return db.url() + "?user=" + db.username() + "&password=" + db.password();
  }

  /** What stands between a title and the next. */
  private static String section(ForkedJvm.Result demo, String title) {
    int start = demo.output().indexOf("== " + title + "\n");
    assertThat(start).as("section '%s' in%n%s", title, demo.output()).isNotNegative();
    int end = demo.output().indexOf("\n== ", start);
    return demo.output().substring(start, end < 0 ? demo.output().length() : end);
  }

  private static ForkedJvm.Result demo(String... args) throws Exception {
    return ForkedJvm.run(Main.class, args);
  }
}
