package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.notify.EmailNotifier;
import dev.howdah.notify.SlackNotifier;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The page "Production Monitoring" that this project grew from ({@code shared/seed}): its examples
 * in Python as Java, line by line, and its SQL as it stands there.
 */
@PostgresTest
class ProductionMonitoringPageTest {

  private static final class PaymentTimeout extends RuntimeException {
    PaymentTimeout() {
      super("payment timed out");
    }
  }

  private record User(int id) {}

  private final TestDatabase db;
  private final DataSource dbPool;
  private ErrorTracker tracker;

  ProductionMonitoringPageTest(TestDatabase db) {
    this.db = db;
    dbPool = db.dataSource();
  }

  @BeforeEach
  void setup() {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    // tracker = init_error_tracker(db_pool, environment="production")
    tracker = ErrorTracker.start(dbPool, "shop", "production");
  }

  @AfterEach
  void close() {
    tracker.close();
  }

  private void written() throws InterruptedException {
    assertThat(tracker.flush(Duration.ofSeconds(30))).isTrue();
  }

  private static void processPayment() {
    throw new PaymentTimeout();
  }

  /** The page's "Capture exceptions". */
  private void capture(User user, int orderId, String requestId) {
    try {
      // await process_payment(order_id)
      processPayment();
    } catch (PaymentTimeout error) {
      // await tracker.capture_exception(error, context={...})
      tracker.captureException(
          error,
          Map.of(
              "user_id",
              user.id(),
              "order_id",
              orderId,
              "request_id",
              requestId,
              "operation",
              "process_payment",
              "fingerprint",
              "payment_timeout_error",
              "trace_id",
              "trace-" + requestId));
      // raise
      throw error;
    }
  }

  private List<String> queries() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/dev/howdah/sql/queries/seed.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().lines().toList();
    }
  }

  private List<List<@Nullable String>> answer(int query) throws IOException {
    return db.query(queries().get(query));
  }

  @Test
  void captureExceptions() throws Exception {
    assertThatThrownBy(() -> capture(new User(42), 7, "r-1")).isInstanceOf(PaymentTimeout.class);
    written();

    List<List<@Nullable String>> details = answer(1);
    assertThat(details).hasSize(1);
    assertThat(details.get(0).subList(1, 4))
        .containsExactly(
            "payment_timeout_error", "payment timed out", PaymentTimeout.class.getName());
    assertThat(details.get(0).get(4)).contains("ProductionMonitoringPageTest.processPayment");
    assertThat(db.value("SELECT context ->> 'operation' FROM monitoring.errors"))
        .isEqualTo("process_payment");
  }

  @Test
  void issueManagement() throws Exception {
    for (String fingerprint :
        List.of("payment_timeout_error", "known_external_api_issue", "critical_bug")) {
      tracker.captureException(new PaymentTimeout(), Map.of("fingerprint", fingerprint));
    }
    written();

    // await tracker.resolve_error(fingerprint="payment_timeout_error")
    tracker.resolve("payment_timeout_error");
    // await tracker.ignore_error(fingerprint="known_external_api_issue")
    tracker.ignore("known_external_api_issue");
    // await tracker.assign_error(fingerprint="critical_bug", assignee="dev@example.com")
    tracker.assign("critical_bug", "dev@example.com");
    // tracker.set_notification_rate_limit(fingerprint="payment_timeout_error",
    //     notify_on_occurrence=[1, 100, 200, 300])
    tracker.setNotificationRateLimit("payment_timeout_error", 1, 100, 200, 300);

    assertThat(
            db.query(
                "SELECT fingerprint, status, assignee, notify_on FROM monitoring.error_groups"
                    + " ORDER BY status, fingerprint"))
        .usingRecursiveComparison()
        .isEqualTo(
            List.of(
                Arrays.asList("critical_bug", "unresolved", "dev@example.com", null),
                Arrays.asList("payment_timeout_error", "resolved", null, "{1,100,200,300}"),
                Arrays.asList("known_external_api_issue", "ignored", null, null)));
  }

  @Test
  void notifications() {
    // email_notifier = EmailNotifier(smtp_host="smtp.gmail.com", smtp_port=587,
    //     from_email="alerts@myapp.com", to_emails=["team@myapp.com"])
    EmailNotifier emailNotifier =
        EmailNotifier.builder()
            .smtpHost("smtp.gmail.com")
            .smtpPort(587)
            .fromEmail("alerts@myapp.com")
            .toEmails("team@myapp.com")
            .build();
    // slack_notifier = SlackNotifier(webhook_url="https://hooks.slack.com/…")
    SlackNotifier slackNotifier =
        SlackNotifier.builder()
            .webhookUrl("https://hooks.slack.com/services/YOUR/WEBHOOK/URL")
            .build();
    // tracker.add_notification_channel(email_notifier)
    tracker.addNotificationChannel(emailNotifier);
    // tracker.add_notification_channel(slack_notifier)
    tracker.addNotificationChannel(slackNotifier);

    assertThatThrownBy(() -> tracker.addNotificationChannel(slackNotifier))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channel 'slack': setting 'name' has the value 'slack'");
  }

  @Test
  void itsQueriesAnswerAsThePageSays() throws Exception {
    for (int i = 0; i < 3; i++) {
      User user = new User(i == 0 ? 1 : 2);
      String requestId = "r-" + i;
      assertThatThrownBy(() -> capture(user, 7, requestId)).isInstanceOf(PaymentTimeout.class);
    }
    tracker.captureException(
        new SQLException("refused", "08001"),
        Map.of("fingerprint", "database_connection_error", "user_id", 1, "trace_id", "t-9"));
    written();
    db.execute(
        "INSERT INTO monitoring.spans (trace_id, span_id, service, name, started_at, duration_ms,"
            + " status_code) VALUES ('t-9', 's', 'shop', 'POST /pay', now(), 12.5, 500)");

    assertThat(answer(0))
        .extracting(row -> row.subList(0, 2))
        .containsExactly(
            List.of("payment_timeout_error", "3"), List.of("database_connection_error", "1"));
    assertThat(answer(2)).containsExactly(List.of("refused", "1", "t-9", "12.5", "500"));
    assertThat(answer(3))
        .extracting(row -> row.subList(0, 4))
        .containsExactly(
            List.of(
                "payment_timeout_error", PaymentTimeout.class.getName(), "payment timed out", "3"),
            List.of("database_connection_error", "java.sql.SQLException", "refused", "1"));
    assertThat(answer(4))
        .containsExactlyInAnyOrder(
            List.of("1", "2", "{" + PaymentTimeout.class.getName() + ",java.sql.SQLException}"),
            List.of("2", "2", "{" + PaymentTimeout.class.getName() + "}"));
    assertThat(answer(5).stream().mapToLong(row -> Long.parseLong(row.get(1))).sum()).isEqualTo(4);
    tracker.resolve("payment_timeout_error");
    assertThat(answer(0))
        .extracting(row -> row.get(0))
        .containsExactly("database_connection_error");
  }
}
