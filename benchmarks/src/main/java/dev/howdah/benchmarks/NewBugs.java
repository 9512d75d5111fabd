package dev.howdah.benchmarks;

import dev.howdah.ErrorTracker;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.WebhookNotifier;
import dev.howdah.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An instance that throws one new bug after the other, with pauses that are not in step with
 * anything, and tells of them by a webhook.
 */
final class NewBugs implements AutoCloseable {

  private static final int PAUSE_MILLIS = 500;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final String name;
  private final TimedInbox inbox;
  private final ErrorTracker tracker;
  private final Random random;
  private final Map<String, Long> thrown = new LinkedHashMap<>();

  /**
   * Starts.
   *
   * @param number of the instance; its pauses differ by it
   * @param database where errors go
   * @param inbox where messages go
   */
  NewBugs(int number, TestDatabase database, TimedInbox inbox) {
    this.inbox = inbox;
    name = "instance " + number;
    random = new Random(number);
    HowdahConfig config =
        HowdahConfig.builder()
            .set("url", database.url())
            .set("username", database.username())
            .set("password", database.password().isEmpty() ? "none" : database.password())
            .set("service", "benchmark")
            .build();
    tracker = ErrorTracker.start(config, new Complaints());
    tracker.addNotificationChannel(
        new NotificationChannel(
            "webhook",
            WebhookNotifier.builder().url(inbox.url()).build(),
            NotificationRules.builder().maxPerHour(0).build()));
  }

  /** Problems belong on the screen. */
  private static final class Complaints implements PipelineListener {
    @Override
    public void problem(String message, @Nullable Throwable cause) {
      System.err.println("[howdah] " + message);
    }
  }

  /** Throws bugs until people are told: those before the channel is registered are not. */
  void warmUp() {
    long start = System.nanoTime();
    for (int i = 0; System.nanoTime() - start < PATIENCE_NANOS; i++) {
      String bug = name + ", warm-up " + i;
      capture(bug);
      for (long since = System.nanoTime(); System.nanoTime() - since < RETRY_NANOS; ) {
        if (inbox.arrival(bug) != null) {
          return;
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    throw new IllegalStateException(name + ": nobody is told of anything");
  }

  /** Throws them, with a pause before each. */
  void throwBugs(int bugs) throws InterruptedException {
    for (int i = 0; i < bugs; i++) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS));
      String bug = name + ", bug " + thrown.size();
      thrown.put(bug, System.nanoTime());
      capture(bug);
    }
  }

  private void capture(String bug) {
    tracker.captureException(
        new IllegalStateException("no answer: " + bug), Map.of("fingerprint", bug));
  }

  /**
   * Waits until people were told of each; from the call that captured it to the request.
   *
   * @return seconds by bug
   */
  Map<String, Double> latencies() {
    long start = System.nanoTime();
    Map<String, Double> latencies = new LinkedHashMap<>();
    thrown.forEach(
        (bug, at) -> {
          Long arrival = inbox.arrival(bug);
          while (arrival == null) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
              throw new IllegalStateException(bug + ": nobody was told");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            arrival = inbox.arrival(bug);
          }
          latencies.put(bug, (arrival - at) / 1e9);
        });
    return latencies;
  }

  @Override
  public void close() {
    tracker.close();
  }
}
