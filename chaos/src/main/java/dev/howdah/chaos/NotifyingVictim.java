package dev.howdah.chaos;

import dev.howdah.ErrorTracker;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.WebhookNotifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An application with a webhook, led step by step by whoever kills it, over standard input and
 * output. Ends when its input does.
 *
 * <table>
 * <caption>What it hears and says</caption>
 * <tr><td>{@code ready}</td><td>it says so once, at the start</td></tr>
 * <tr><td>{@code throw BUG}</td><td>is told to capture an error of that bug; says {@code thrown BUG}
 * when that is committed</td></tr>
 * <tr><td>{@code claimed BUG}</td><td>it has a message about that bug in hand; waits for {@code
 * go}</td></tr>
 * <tr><td>{@code taken BUG}</td><td>the webhook has answered; waits for {@code go}</td></tr>
 * </table>
 */
final class NotifyingVictim {

  static final String READY = "ready";
  static final String THROW = "throw";
  static final String THROWN = "thrown";
  static final String CLAIMED = "claimed";
  static final String TAKEN = "taken";
  static final String GO = "go";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private NotifyingVictim() {}

  /**
   * Starts.
   *
   * @param args URL of the webhook; then names and values of settings
   * @throws IOException when the input breaks
   */
  public static void main(String[] args) throws IOException {
    HowdahConfig.Builder config = HowdahConfig.builder();
    for (int i = 1; i < args.length; i += 2) {
      config.set(args[i], args[i + 1]);
    }
    ErrorTracker tracker = ErrorTracker.start(config.build(), new Complaints());
    SteppedNotifier notifier =
        new SteppedNotifier(WebhookNotifier.builder().url(args[0]).build(), NotifyingVictim::say);
    NotificationRules rules = NotificationRules.builder().maxPerHour(0).build();
    tracker.addNotificationChannel(new NotificationChannel("webhook", notifier, rules));
    say(READY);
    obey(tracker, notifier);
    Runtime.getRuntime().halt(0); // Nobody leads it any more.
  }

  private static void obey(ErrorTracker tracker, SteppedNotifier notifier) throws IOException {
    // Beside, so that a message under way never waits for an error that is being written.
    ExecutorService errors = Executors.newSingleThreadExecutor();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.equals(GO)) {
        notifier.go();
      } else {
        String bug = order.substring(THROW.length() + 1);
        errors.execute(() -> capture(tracker, bug));
      }
    }
  }

  private static void capture(ErrorTracker tracker, String bug) {
    tracker.captureException(
        new IllegalStateException("no answer from " + bug), Map.of("fingerprint", bug));
    try {
      if (tracker.flush(PATIENCE)) {
        say(THROWN + " " + bug);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One line, whole: several threads have something to say. */
  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }

  private static final class Complaints implements PipelineListener {
    @Override
    public void problem(String message, @Nullable Throwable cause) {
      System.err.println("[victim] " + message);
    }
  }
}
