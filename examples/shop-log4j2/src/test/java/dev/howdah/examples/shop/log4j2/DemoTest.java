package dev.howdah.examples.shop.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs the demo once, as bin/demo --log4j2 does, in a JVM of its own. */
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {

  private final TestDatabase db;
  private final ForkedJvm.Result demo;

  DemoTest(TestDatabase db) throws Exception {
    this.db = db;
    String url = db.url() + "?user=" + db.username() + "&password=" + db.password();
    demo = ForkedJvm.run(Main.class, "--url", url);
  }

  @Test
  void itShowsWhatTheShopLoggedAndHowToConnect() {
    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(section("The tail")).contains("request completed: 200 /order");
    assertThat(section("Events by level"))
        .containsPattern("INFO +\\d{4}\\b")
        .containsPattern("WARN +12\\b")
        .containsPattern("ERROR +\\d+");
    assertThat(section("Errors by type"))
        .contains("violates check", "violates unique constraint")
        .contains("canceling statement due to statement timeout")
        .contains("java.lang.NumberFormatException: For input string: \"x17\"")
        .contains("java.lang.NullPointerException: Cannot invoke");
    assertThat(section("The slowest requests")).containsPattern("\\d+\\.\\d+ +/\\w+ +\\d{3}");
    assertThat(section("One full stack trace"))
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
  void valuesOfAMessageKeepTheirTypesAndThoseOfTheThreadContextAreText() {
    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(typeOf("status", "request completed%")).isEqualTo("number");
    assertThat(typeOf("duration_ms", "request completed%")).isEqualTo("number");
    assertThat(typeOf("sql_state", "% failed for customer %")).isEqualTo("string");
    assertThat(typeOf("user_id", "request completed%")).isEqualTo("string");
    // By SLF4J.
    assertThat(typeOf("order_ref", "order of product % placed")).isEqualTo("string");
    assertThat(typeOf("user_id", "order of product % placed")).isEqualTo("string");
  }

  /** The type of a value in every event whose message is like that. */
  private @Nullable String typeOf(String key, String message) {
    return db.value(
        """
        SELECT string_agg(DISTINCT coalesce(jsonb_typeof(context->'%s'), 'missing'), ', ')
        FROM monitoring.logs
        WHERE message LIKE '%s'
        """
            .formatted(key, message));
  }

  /** What stands between a title and the next. */
  private String section(String title) {
    int start = demo.output().indexOf("== " + title + "\n");
    assertThat(start).as("section '%s' in%n%s", title, demo.output()).isNotNegative();
    int end = demo.output().indexOf("\n== ", start);
    return demo.output().substring(start, end < 0 ? demo.output().length() : end);
  }
}
