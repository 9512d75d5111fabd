package dev.howdah.outbox;

import dev.howdah.event.HowdahThreads;
import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Has a notifier send on a thread of its own, so that one that never returns costs that thread and
 * nothing else. Belongs to one thread.
 */
final class Sending {

  /** For notifiers that keep the time-out by themselves, and can say what they waited for. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final NotificationChannel channel;
  private @Nullable Thread last;

  Sending(NotificationChannel channel) {
    this.channel = channel;
  }

  /** Whether the notifier still hangs in a message that was given up. */
  boolean isStuck() {
    return last != null && last.isAlive();
  }

  /**
   * Sends, for as long as the channel's time-out.
   *
   * @param notification what to send
   * @throws NotificationException when it was not taken
   * @throws InterruptedException at a stop
   */
  void send(Notification notification) throws NotificationException, InterruptedException {
    Duration timeout = channel.rules().timeout();
    Duration patience = timeout.plus(GRACE);
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              channel.notifier().send(notification);
              return true;
            });
    Thread thread = HowdahThreads.create("send-" + channel.name(), task);
    last = thread;
    thread.start();
    try {
      task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      last = null;
    } catch (TimeoutException e) {
      throw NotificationException.failed(
          "it took longer than setting 'timeout', " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      last = null;
      throw failure(e.getCause());
    } finally {
      task.cancel(true); // What took too long, or meets a stop, must not go on.
    }
  }

  /** Of what others throw only the class is told: its text may hold a secret. */
  private static NotificationException failure(@Nullable Throwable thrown) {
    if (thrown instanceof NotificationException told) {
      return told;
    }
    return NotificationException.failed(
        "the notifier threw " + (thrown == null ? "nothing" : thrown.getClass().getName()), thrown);
  }
}
