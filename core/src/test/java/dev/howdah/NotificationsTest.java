package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.event.PipelineListener;
import dev.howdah.notify.Digest;
import dev.howdah.notify.Issue;
import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationException;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.Notifier;
import dev.howdah.notify.Reason;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an error to people, by way of the outbox. */
@PostgresTest
@OneJdk
class NotificationsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final NotificationRules UNLIMITED =
      NotificationRules.builder().maxPerHour(0).build();

  @TempDir Path directory;
  private final TestDatabase db;
  private final List<ErrorTracker> trackers = new ArrayList<>();
  private final RecordingNotifier notifier = new RecordingNotifier();

  NotificationsTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void drop() {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
  }

  @AfterEach
  void close() {
    trackers.forEach(ErrorTracker::close);
  }

  private ErrorTracker tracker() {
    ErrorTracker tracker =
        ErrorTracker.start(
            HowdahConfig.builder()
                .dataSource(db.dataSource())
                .set("service", "shop")
                .set("environment", "production")
                .set("release", "1.0")
                .set("host", "node-7")
                .set("inApp", "dev.howdah.NotificationsTest")
                .set("directory", directory.toString())
                .build(),
            new PipelineListener() {});
    trackers.add(tracker);
    return tracker;
  }

  private ErrorTracker tracker(Notifier notifier, NotificationRules rules) {
    ErrorTracker tracker = tracker();
    tracker.addNotificationChannel(new NotificationChannel("test", notifier, rules));
    return tracker;
  }

  private static void capture(ErrorTracker tracker, String bug) {
    tracker.captureException(
        new IllegalStateException("no stock"),
        Map.of("fingerprint", bug, "order_id", 17, "password", "secret", "trace_id", "abc"));
  }

  /** Channels are known to the database, so that the first error is told to all of them. */
  private void awaitChannels(int count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                db.count("SELECT count(*) FROM monitoring.notification_channels") == count
                    && db.count("SELECT count(*) FROM monitoring.instances") == trackers.size());
  }

  private List<String> outcomes(String channel) {
    return db
        .query(
            "SELECT reason || ' ' || outcome || coalesce(': ' || detail, '')"
                + " FROM monitoring.notifications WHERE channel = '"
                + channel
                + "' ORDER BY happened_at")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void peopleGetTheFactsThatTheyActOn() {
    NotificationRules rules =
        NotificationRules.builder()
            .contextKeys(List.of("order_id", "password", "missing"))
            .link("https://wiki/errors/{fingerprint}?in={environment}")
            .build();
    ErrorTracker tracker = tracker(notifier, rules);
    awaitChannels(1);
    capture(tracker, "no stock/1");

    await().atMost(PATIENCE).until(() -> notifier.received().size() == 1);
    Notification told = notifier.received().get(0);
    assertThat(told.reason()).isEqualTo(Reason.NEW);
    assertThat(told.dedupeKey()).matches("[0-9a-f-]{36}:[0-9a-f]+:1");
    Issue issue = (Issue) told.subject();
    assertThat(issue.title()).isEqualTo("IllegalStateException: no stock");
    assertThat(issue.culprit()).contains("NotificationsTest.capture");
    assertThat(issue.exceptionType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(List.of(issue.service(), issue.environment(), issue.release()))
        .containsExactly("shop", "production", "1.0");
    assertThat(issue.occurrences()).isEqualTo(1);
    assertThat(issue.link()).isEqualTo("https://wiki/errors/no%20stock%2F1?in=production");
    Issue.Latest latest = issue.latest();
    assertThat(latest.message()).isEqualTo("no stock");
    assertThat(latest.traceId()).isEqualTo("abc");
    assertThat(latest.host()).isEqualTo("node-7");
    assertThat(latest.context())
        .containsExactly(Map.entry("order_id", "17"), Map.entry("password", "[redacted]"));
    assertThat(latest.frames().get(0))
        .startsWith("dev.howdah.NotificationsTest.capture(NotificationsTest.java:");
    await().atMost(PATIENCE).until(() -> outcomes("test").equals(List.of("new sent")));
  }

  @Test
  void eachMessageIsSentOnceHoweverManyInstancesThereAre() {
    int bugs = 50;
    int instances = 8;
    int each = 125;
    Set<Integer> thresholds = new TreeSet<>(Set.of(1));
    IntStream.rangeClosed(1, 10).forEach(n -> thresholds.add(n * 100));
    NotificationRules rules =
        NotificationRules.builder().notifyOnOccurrence(thresholds).maxPerHour(0).build();
    for (int i = 0; i < instances; i++) {
      tracker(notifier, rules);
    }
    awaitChannels(1);
    for (int n = 0; n < each; n++) {
      for (int bug = 0; bug < bugs; bug++) {
        for (ErrorTracker tracker : trackers) {
          capture(tracker, "bug-" + bug);
        }
      }
    }

    List<String> expected = new ArrayList<>();
    for (int bug = 0; bug < bugs; bug++) {
      for (int threshold : thresholds) {
        expected.add((threshold == 1 ? "new" : "milestone") + " bug-" + bug + " " + threshold);
      }
    }
    await().atMost(PATIENCE.multipliedBy(2)).until(() -> notifier.told().size() >= expected.size());
    awaitEmptyOutbox();
    assertThat(notifier.told()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(db.count("SELECT count(*) FROM monitoring.notification_log WHERE outcome = 'sent'"))
        .isEqualTo(expected.size());
  }

  private void awaitEmptyOutbox() {
    await()
        .atMost(PATIENCE)
        .until(() -> db.count("SELECT count(*) FROM monitoring.notification_outbox") == 0);
  }

  /** Never returns, and heeds no interrupt until the test is over. */
  private static final class Hanging extends RecordingNotifier {
    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public void send(Notification notification) {
      while (over.getCount() > 0) {
        try {
          over.await();
        } catch (InterruptedException e) {
          // It is the kind that goes on.
        }
      }
    }
  }

  private static final class Throwing extends RecordingNotifier {
    @Override
    public void send(Notification notification) throws NotificationException {
      if (notification.reason() == Reason.NEW) {
        throw new IllegalStateException("https://hooks/secret");
      }
      throw NotificationException.refused("404 no such room");
    }
  }

  @Test
  void aNotifierThatHangsOrThrowsTouchesNobodyElse() {
    Hanging hanging = new Hanging();
    ErrorTracker tracker = tracker(notifier, UNLIMITED);
    NotificationRules hasty =
        NotificationRules.builder().maxPerHour(0).timeout(Duration.ofMillis(200)).build();
    tracker.addNotificationChannel(new NotificationChannel("hangs", hanging, hasty));
    tracker.addNotificationChannel(new NotificationChannel("throws", new Throwing(), UNLIMITED));
    awaitChannels(3);
    try {
      capture(tracker, "bug");
      String broken = "new failed: it took longer than setting 'timeout', 200 ms";
      await().atMost(PATIENCE).until(() -> outcomes("hangs").contains(broken));
      for (int i = 1; i < 100; i++) {
        capture(tracker, "bug");
      }

      await().atMost(PATIENCE).until(() -> notifier.told().size() == 2);
      assertThat(notifier.told()).containsExactly("new bug 1", "milestone bug 100");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(outcomes("throws")).contains(failed()));
      assertThat(db.count("SELECT sum(occurrences) FROM monitoring.issues")).isEqualTo(100);
    } finally {
      hanging.over.countDown();
    }
  }

  @Test
  void aThousandNewBugsInASecondAreOneDigest() {
    ErrorTracker tracker = tracker(notifier, NotificationRules.DEFAULT);
    awaitChannels(1);
    for (int i = 0; i < 1000; i++) {
      capture(tracker, "bug-" + i);
    }

    await().atMost(PATIENCE).until(() -> digest() != null);
    awaitEmptyOutbox();
    assertThat(digest().total() + notifier.told().size()).isEqualTo(1000);
    assertThat(digest().entries()).hasSize(100);
    assertThat(notifier.received()).hasSizeLessThanOrEqualTo(31);
    assertThat(notifier.received()).filteredOn(each -> each.reason() == Reason.DIGEST).hasSize(1);
  }

  private @Nullable Digest digest() {
    return notifier.received().stream()
        .filter(each -> each.reason() == Reason.DIGEST)
        .map(each -> (Digest) each.subject())
        .findFirst()
        .orElse(null);
  }

  @Test
  void theErrorThatEndsAnApplicationIsTold() {
    ErrorTracker tracker = tracker(notifier, UNLIMITED);
    awaitChannels(1);
    capture(tracker, "fatal");
    tracker.close();

    assertThat(notifier.told()).containsExactly("new fatal 1");
    await().atMost(PATIENCE).until(() -> notifier.closed() == 1);
    assertThat(outcomes("test")).containsExactly("new sent");
  }

  @Test
  void whatAnotherInstanceLeftIsSentByTheNextThatHasTheChannel() {
    ErrorTracker first = tracker(new Throwing(), UNLIMITED);
    awaitChannels(1);
    capture(first, "bug");
    await().atMost(PATIENCE).until(() -> outcomes("test").contains(failed()));
    first.close();
    trackers.clear();

    tracker(notifier, UNLIMITED);
    await().atMost(PATIENCE).until(() -> notifier.told().equals(List.of("new bug 1")));
  }

  private static String failed() {
    return "new failed: the notifier threw java.lang.IllegalStateException";
  }

  @Test
  void aBugsOwnThresholdsAreSetByTheTracker() throws Exception {
    ErrorTracker tracker = tracker(notifier, UNLIMITED);
    awaitChannels(1);
    capture(tracker, "bug");
    await().atMost(PATIENCE).until(() -> notifier.told().size() == 1);
    tracker.setNotificationRateLimit("bug", 1, 3);
    capture(tracker, "bug");
    capture(tracker, "bug");
    await().atMost(PATIENCE).until(() -> notifier.told().size() == 2);

    assertThat(notifier.told()).containsExactly("new bug 1", "milestone bug 3");
  }

  @Test
  void twoChannelsOfOneNameAreRefused() {
    ErrorTracker tracker = tracker(notifier, UNLIMITED);

    assertThatThrownBy(
            () ->
                tracker.addNotificationChannel(
                    new NotificationChannel("test", notifier, UNLIMITED)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'test'");
  }
}
