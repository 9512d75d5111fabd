package dev.howdah.notify;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a notification to those recipients that do not have it yet, and says what became of it.
 * Which of them have one is remembered for the last {@value #REMEMBERED} that were taken for some
 * only, in this process; elsewhere the equal Message-ID is all that tells a second from a first.
 */
final class Mailer {

  private static final int REMEMBERED = 100;

  private final SmtpServer server;
  private final MailComposer composer;
  private final @Nullable String password;

  /** Who has a notification that others have not, by dedupe key. */
  private final Map<String, Set<InternetAddress>> partlyDelivered = new LinkedHashMap<>();

  Mailer(EmailSettings settings) {
    this.server = new SmtpServer(settings);
    this.composer = new MailComposer(server.session(), settings);
    this.password = settings.password();
  }

  void send(Notification notification) throws NotificationException, InterruptedException {
    Set<InternetAddress> recipients = new LinkedHashSet<>(composer.recipients());
    recipients.removeAll(partlyDelivered.getOrDefault(notification.dedupeKey(), Set.of()));
    try {
      server.send(composer.compose(notification), recipients);
      partlyDelivered.remove(notification.dedupeKey());
    } catch (MessagingException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while sending to " + server);
      }
      throw failure(notification.dedupeKey(), new SmtpFailure(e));
    }
  }

  void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "e-mail to " + composer.recipients() + " by " + server;
  }

  private NotificationException failure(String dedupeKey, SmtpFailure failure) {
    String text = server + ": " + withoutPassword(failure.describe());
    Set<InternetAddress> delivered = delivered(dedupeKey, failure);
    if (!delivered.isEmpty()) {
      text += "; delivered to " + delivered;
    }
    if (failure.isFinal()) {
      partlyDelivered.remove(dedupeKey);
      return NotificationException.refused(text);
    }
    // Without its cause, whose text is the server's: unchecked, and perhaps with the password.
    return NotificationException.failed(text, null);
  }

  /** All that have it by now. */
  private Set<InternetAddress> delivered(String dedupeKey, SmtpFailure failure) {
    Set<InternetAddress> delivered =
        new LinkedHashSet<>(partlyDelivered.getOrDefault(dedupeKey, Set.of()));
    delivered.addAll(failure.delivered());
    if (!delivered.isEmpty()) {
      partlyDelivered.put(dedupeKey, delivered);
      forgetOldest();
    }
    return delivered;
  }

  private void forgetOldest() {
    if (partlyDelivered.size() > REMEMBERED) {
      partlyDelivered.remove(partlyDelivered.keySet().iterator().next());
    }
  }

  /** A server may repeat what it was told. */
  private String withoutPassword(String text) {
    return password == null || password.isEmpty() ? text : text.replace(password, "***");
  }
}
