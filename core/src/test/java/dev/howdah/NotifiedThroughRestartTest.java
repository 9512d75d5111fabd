package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.event.PipelineListener;
import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationException;
import dev.howdah.notify.Notifier;
import dev.howdah.notify.WebhookNotifier;
import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL restarts while people are to be told of an error: they are told, once. */
@OneJdk
class NotifiedThroughRestartTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final EmbeddedServer server = EmbeddedServer.start(Map.of("synchronous_commit", "on"));
  private final TestDatabase db = server.root();
  private volatile boolean goesDownAfterTheSend;
  private volatile boolean down;
  private RecordingServer webhook;
  private ErrorTracker tracker;

  @BeforeEach
  void start() throws Exception {
    webhook = new RecordingServer();
    tracker =
        ErrorTracker.start(
            HowdahConfig.builder()
                .set("url", db.url())
                .set("username", db.username())
                .set("password", "none")
                .set("service", "shop")
                .set("directory", directory.toString())
                .set("retryMax", "100 ms")
                .build(),
            new PipelineListener() {});
    tracker.addNotificationChannel(new Webhook(webhook));
    await().atMost(SOON).until(() -> count("pg_tables WHERE tablename = 'error_groups'") == 1);
    await().atMost(SOON).until(() -> count("monitoring.active_channels") == 1);
  }

  @AfterEach
  void stop() {
    tracker.close();
    webhook.close();
    server.close();
  }

  /** A webhook after whose answer the database may go away. */
  private final class Webhook implements Notifier {

    private final Notifier webhook;

    Webhook(RecordingServer receiver) {
      webhook = WebhookNotifier.builder().url(receiver.uri("/").toString()).build();
    }

    @Override
    public String kind() {
      return webhook.kind();
    }

    @Override
    public void send(Notification notification) throws NotificationException, InterruptedException {
      webhook.send(notification);
      if (goesDownAfterTheSend) {
        server.stopFast();
        down = true;
      }
    }

    @Override
    public void close() {
      webhook.close();
    }
  }

  private long count(String from) {
    return db.count("SELECT count(*) FROM " + from);
  }

  private void capture() {
    tracker.captureException(new IllegalStateException("no answer"));
  }

  private void assertToldOnce() {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> count("monitoring.notification_log WHERE outcome = 'sent'") == 1);
    assertThat(webhook.onlyRequest().header("Howdah-Reason")).isEqualTo("new");
    assertThat(db.query("SELECT outcome, attempt FROM monitoring.notification_log"))
        .containsExactly(List.of("sent", "1"));
    assertThat(count("monitoring.notification_outbox")).isZero();
  }

  @Test
  void anErrorThatIsThrownWhileTheServerIsDownIsToldWhenItIsBack() {
    server.stopFast();
    capture();

    server.restart();

    assertToldOnce();
  }

  @Test
  void aMessageThatWaitsInTheOutboxIsSentAfterTheRestart() throws Exception {
    // Nobody can claim a message of a channel whose row is locked; the restart ends the lock.
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT FROM monitoring.notification_channels FOR NO KEY UPDATE");
      capture();
      await().atMost(SOON).until(() -> count("monitoring.notification_outbox") == 1);
      assertThat(webhook.requests()).isEmpty();

      server.restart();
    }

    assertToldOnce();
  }

  @Test
  void aMessageThatWasTakenWhileTheServerWentDownIsNotSentAgain() {
    goesDownAfterTheSend = true;
    capture();
    await().atMost(SOON).until(() -> down);

    server.restart();

    assertToldOnce();
  }
}
