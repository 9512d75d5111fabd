package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged with a throwable is an error of a group, without a word of the application's. */
public abstract class ErrorsSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected ErrorsSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  @BeforeEach
  void countTestsAsTheApplication() {
    settings.put("inApp", "dev.howdah.testkit");
  }

  private static Exception noStock(int product) {
    return new IllegalStateException("no stock of product " + product);
  }

  private static Exception noMoney() {
    return new IllegalArgumentException("no money of 12.50");
  }

  @Test
  void whatIsLoggedWithAThrowableIsAnError() {
    Session session = start();
    session.mdc("user_id", "42");
    session.log(
        Call.at(Level.ERROR, "order {} failed", 7).cause(noStock(3)).keyValue("order_id", 7));
    session.log(Call.at(Level.ERROR, "without a throwable"));
    session.log(Call.at(Level.WARN, "not an error").cause(noStock(3)));
    session.stop();

    assertThat(
            db.query(
                """
                SELECT exception_type, message, context ->> 'user_id', context -> 'order_id', level,
                       title, culprit, service, status, weight
                FROM %s.errors
                """
                    .formatted(schema)))
        .containsExactly(
            List.of(
                "java.lang.IllegalStateException",
                "no stock of product 3",
                "42",
                "7",
                "ERROR",
                "IllegalStateException: no stock of product <number>",
                ErrorsSuite.class.getName() + ".noStock",
                "test",
                "unresolved",
                "1"));
    assertThat(
            db.query(
                "SELECT l.message FROM %1$s l JOIN %2$s.error_groups USING (group_id)"
                    .formatted(logs(), schema)))
        .containsExactly(List.of("order 7 failed"));
  }

  @Test
  void oneBugIsOneGroupFromWhateverThreadAndLogger() throws Exception {
    Session session = start();
    onThreads(
        4,
        thread -> {
          for (int i = 0; i < 250; i++) {
            session.log(
                Call.at(Level.ERROR, "failed {}", i)
                    .logger("shop.Logger" + thread)
                    .cause(i % 5 == 0 ? noMoney() : noStock(i)));
          }
        });
    awaitDrained(session);
    session.stop();

    assertThat(
            db.query(
                "SELECT exception_type, occurrences FROM %s.issues ORDER BY 2".formatted(schema)))
        .containsExactly(
            List.of("java.lang.IllegalArgumentException", "200"),
            List.of("java.lang.IllegalStateException", "800"));
    assertThat(
            db.query(
                "SELECT sum(weight) FROM %s.errors GROUP BY fingerprint ORDER BY 1"
                    .formatted(schema)))
        .containsExactly(List.of("200"), List.of("800"));
  }

  @Test
  void anEventMayBringItsFingerprint() {
    Session session = start();
    session.mdc("fingerprint", "payment_timeout_error");
    session.log(Call.at(Level.ERROR, "failed").cause(noMoney()));
    session.log(
        Call.at(Level.ERROR, "failed").cause(noMoney()).keyValue("fingerprint", "other_error"));
    session.stop();

    assertThat(db.query("SELECT fingerprint FROM %s.errors ORDER BY 1".formatted(schema)))
        .containsExactly(List.of("other_error"), List.of("payment_timeout_error"));
  }

  @Test
  void groupsMayBeMadeByATemplate() {
    settings.put("fingerprint", "{{ default }}, {context.tenant}");
    settings.put("errorLevel", "warn");
    Session session = start();
    session.log(Call.at(Level.WARN, "failed").cause(noStock(1)).keyValue("tenant", "a"));
    session.log(Call.at(Level.WARN, "failed").cause(noStock(2)).keyValue("tenant", "b"));
    session.log(Call.at(Level.ERROR, "failed").cause(noStock(3)).keyValue("tenant", "a"));
    session.stop();

    assertThat(db.query("SELECT occurrences FROM %s.issues ORDER BY 1".formatted(schema)))
        .containsExactly(List.of("1"), List.of("2"));
  }
}
