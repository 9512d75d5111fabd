package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.event.PipelineListener;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program without a logging framework captures errors and decides about them. */
@PostgresTest
class ErrorTrackerTest {

  private static final String BUG = "payment_timeout_error";

  @TempDir Path directory;
  private final TestDatabase db;
  private ErrorTracker tracker;

  ErrorTrackerTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void start() {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    tracker =
        ErrorTracker.start(
            HowdahConfig.builder()
                .dataSource(db.dataSource())
                .set("service", "shop")
                .set("environment", "production")
                .set("release", "1.0")
                .set("directory", directory.toString())
                .build(),
            new PipelineListener() {});
  }

  @AfterEach
  void stop() {
    tracker.close();
  }

  private UUID capture(Map<String, ? extends @Nullable Object> context) throws Exception {
    UUID id = tracker.captureException(new IllegalStateException("no answer"), context);
    assertThat(tracker.flush(Duration.ofSeconds(30))).isTrue();
    return id;
  }

  private @Nullable String issue(String column) {
    return db.value("SELECT " + column + " FROM monitoring.issues");
  }

  @Test
  void theIdThatAUserIsShownFindsTheError() throws Exception {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("user_id", 42);
    context.put("operation", "process_payment");
    context.put("items", List.of(1, 2));
    context.put("nothing", null);
    context.put("trace_id", "abc");

    UUID id = capture(context);

    assertThat(
            db.query(
                "SELECT exception_type, message, context, trace_id, service, environment"
                    + " FROM monitoring.errors WHERE id = '"
                    + id
                    + "'"))
        .containsExactly(
            List.of(
                "java.lang.IllegalStateException",
                "no answer",
                "{\"items\": [1, 2], \"nothing\": null, \"user_id\": 42, \"operation\": \"process_payment\"}",
                "abc",
                "shop",
                "production"));
    assertThat(db.query("SELECT logger, message, level FROM monitoring.logs"))
        .containsExactly(
            List.of(ErrorTracker.LOGGER, "java.lang.IllegalStateException: no answer", "ERROR"));
  }

  @Test
  void aValueThatFailsCostsThatValueOnly() throws Exception {
    Object failing =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("not today");
          }
        };

    capture(Map.of("bad", failing, "good", 1));

    assertThat(db.value("SELECT context ->> 'good' FROM monitoring.errors")).isEqualTo("1");
  }

  @Test
  void anOwnFingerprintIsKeptAsItIs() throws Exception {
    capture(Map.of("fingerprint", BUG));

    assertThat(db.value("SELECT fingerprint FROM monitoring.errors")).isEqualTo(BUG);
  }

  @Test
  void aProgramDecidesAsATeamDoes() throws Exception {
    capture(Map.of("fingerprint", BUG));
    tracker.resolve(BUG);
    assertThat(issue("status")).isEqualTo("resolved");
    tracker.reopen(BUG);
    assertThat(issue("status")).isEqualTo("unresolved");
    tracker.resolveInRelease(BUG, "1.1");
    assertThat(issue("resolved_in_release")).isEqualTo("1.1");
    tracker.resolveInNextRelease(BUG);
    assertThat(db.value("SELECT resolved_after_release FROM monitoring.error_groups"))
        .isEqualTo("1.0");
    tracker.ignore(BUG);
    assertThat(issue("status")).isEqualTo("ignored");
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    tracker.ignoreUntil(BUG, tomorrow);
    assertThat(issue("ignored_until > now() + interval '23 hours'")).isEqualTo("t");
    tracker.ignoreOccurrences(BUG, 10);
    assertThat(db.value("SELECT ignored_until_count FROM monitoring.error_groups")).isEqualTo("11");
    tracker.ignoreUntilRelease(BUG, "2.0");
    assertThat(db.value("SELECT ignored_until_release FROM monitoring.error_groups"))
        .isEqualTo("2.0");
    tracker.assign(BUG, "dev@example.com");
    assertThat(issue("assignee")).isEqualTo("dev@example.com");
    tracker.assign(BUG, null);
    assertThat(issue("assignee")).isNull();
    tracker.setNotificationRateLimit(BUG, 1, 100, 200, 300);
    assertThat(db.value("SELECT notify_on FROM monitoring.error_groups"))
        .isEqualTo("{1,100,200,300}");
    tracker.setNotificationRateLimit(BUG);
    assertThat(db.value("SELECT notify_on FROM monitoring.error_groups")).isNull();
    capture(Map.of("fingerprint", "known_external_api_issue"));
    tracker.merge("known_external_api_issue", BUG);
    assertThat(db.count("SELECT count(*) FROM monitoring.issues")).isEqualTo(1);
    tracker.unmerge("known_external_api_issue");
    assertThat(db.count("SELECT count(*) FROM monitoring.issues")).isEqualTo(2);
  }

  @Test
  void figuresAreExact() throws Exception {
    capture(Map.of("fingerprint", "a"));
    capture(Map.of("fingerprint", "a"));
    capture(Map.of("fingerprint", "b"));
    capture(Map.of("fingerprint", "c"));
    tracker.resolve("a");
    tracker.ignore("b");
    assertThat(tracker.stats()).isEqualTo(new ErrorStats(1, 1, 1, 0, 4, 4));

    capture(Map.of("fingerprint", "a"));
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(tracker.stats()).isEqualTo(new ErrorStats(2, 0, 1, 1, 5, 5)));
    assertThat(tracker.pipelineStats().written()).isEqualTo(5);
  }

  @Test
  void anUnknownFingerprintIsNamed() throws Exception {
    capture(Map.of());

    assertThatThrownBy(() -> tracker.resolve("unknown"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no error has the fingerprint 'unknown' in service 'shop'");
    assertThatThrownBy(() -> tracker.setNotificationRateLimit("unknown", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each must be 1 or more");
  }
}
