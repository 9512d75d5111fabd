package dev.howdah.chaos;

import dev.howdah.notify.Issue;
import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationException;
import dev.howdah.notify.Notifier;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Sends by another notifier, and stops before and after for somebody to say {@link #go}. */
final class SteppedNotifier implements Notifier {

  private final Notifier notifier;
  private final Consumer<String> report;
  private final Semaphore steps = new Semaphore(0);

  /**
   * Wraps a notifier.
   *
   * @param notifier what sends
   * @param report told where it stops
   */
  SteppedNotifier(Notifier notifier, Consumer<String> report) {
    this.notifier = notifier;
    this.report = report;
  }

  /** One step on. */
  void go() {
    steps.release();
  }

  @Override
  public String kind() {
    return notifier.kind();
  }

  @Override
  public void send(Notification notification) throws NotificationException, InterruptedException {
    String bug = ((Issue) notification.subject()).fingerprint();
    report.accept(NotifyingVictim.CLAIMED + " " + bug);
    steps.acquire();
    notifier.send(notification);
    report.accept(NotifyingVictim.TAKEN + " " + bug);
    steps.acquire();
  }

  @Override
  public void close() {
    notifier.close();
  }
}
