package dev.howdah.notify;

import dev.howdah.event.HowdahThreads;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Collection;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The server that takes the mails, each over a connection of its own. Every step has its time-out,
 * and, unless a SOCKS proxy is between, an interrupt closes the connection at once.
 */
final class SmtpServer {

  private final EmailSettings settings;
  private final Session session;
  private final ScheduledThreadPoolExecutor writeTimer = writeTimer();

  SmtpServer(EmailSettings settings) {
    this.settings = settings;
    this.session = Session.getInstance(properties());
  }

  /** In which mails are composed. */
  Session session() {
    return session;
  }

  /** Sends to those recipients; when it returns, the server has taken the mail for all of them. */
  void send(MimeMessage mail, Collection<InternetAddress> recipients) throws MessagingException {
    Transport transport = session.getTransport("smtp");
    try {
      transport.connect(
          settings.smtpHost(), settings.smtpPort(), settings.username(), settings.password());
      transport.sendMessage(mail, recipients.toArray(Address[]::new));
    } finally {
      leave(transport);
    }
  }

  void close() {
    writeTimer.shutdownNow();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  /** What goes wrong now changes nothing: the mail has been taken, or that has been said. */
  private static void leave(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // See above.
    }
  }

  /** Angus Mail's own would be threads for which a JVM that ends has to wait. */
  private static ScheduledThreadPoolExecutor writeTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, work -> HowdahThreads.create("email-timer", work));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /** The names are described at org.eclipse.angus.mail.smtp's package. */
  private Properties properties() {
    Properties properties = new Properties();
    set(properties, "connectiontimeout", settings.connectTimeout().toMillis());
    set(properties, "timeout", settings.readTimeout().toMillis());
    set(properties, "writetimeout", settings.writeTimeout().toMillis());
    properties.put("mail.smtp.executor.writetimeout", writeTimer);
    // A thread that waits for a channel can be interrupted, unlike one that waits for a socket.
    set(properties, "usesocketchannels", true);
    set(properties, "auth", settings.username() != null);
    set(properties, "sendpartial", true);
    set(properties, "quitwait", false);
    boolean startsTls = settings.security() == EmailNotifier.Security.STARTTLS;
    set(properties, "starttls.enable", startsTls);
    set(properties, "starttls.required", startsTls);
    set(properties, "ssl.enable", settings.security() == EmailNotifier.Security.SMTPS);
    set(properties, "ssl.checkserveridentity", true);
    if (settings.trustedCertificates() != null) {
      properties.put(
          "mail.smtp.ssl.socketFactory", TrustedCertificates.read(settings.trustedCertificates()));
      set(properties, "socketFactory.fallback", false);
    }
    if (settings.socksHost() != null) {
      set(properties, "socks.host", settings.socksHost());
      set(properties, "socks.port", settings.socksPort());
    }
    return properties;
  }

  private static void set(Properties properties, String name, Object value) {
    properties.setProperty("mail.smtp." + name, value.toString());
  }
}
