package dev.howdah;

import dev.howdah.notify.Issue;
import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationException;
import dev.howdah.notify.Notifier;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes every message; may be shared by instances, as a receiver is. */
class RecordingNotifier implements Notifier {

  private final List<Notification> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();

  @Override
  public String kind() {
    return "recording";
  }

  @Override
  public void send(Notification notification) throws NotificationException, InterruptedException {
    received.add(notification);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  List<Notification> received() {
    return received;
  }

  /** Reason, fingerprint and threshold of those about a bug. */
  List<String> told() {
    return received.stream()
        .filter(each -> each.subject() instanceof Issue)
        .map(RecordingNotifier::text)
        .toList();
  }

  private static String text(Notification notification) {
    Issue issue = (Issue) notification.subject();
    return notification.reason().code() + " " + issue.fingerprint() + " " + issue.threshold();
  }

  int closed() {
    return closed.get();
  }
}
