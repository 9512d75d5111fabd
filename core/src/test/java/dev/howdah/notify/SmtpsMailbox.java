package dev.howdah.notify;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** GreenMail, encrypted from the first byte on, with the mailbox of one user who may log in. */
final class SmtpsMailbox implements AutoCloseable {

  static final String USERNAME = "howdah";
  static final String PASSWORD = "correct horse";

  static {
    // GreenMail reads these once.
    System.setProperty("greenmail.tls.keystore.file", MailCertificate.get().keyStore().toString());
    System.setProperty("greenmail.tls.keystore.password", MailCertificate.KEY_STORE_PASSWORD);
  }

  private static final long STARTUP_MILLIS = 60_000;

  private final GreenMail greenMail;

  SmtpsMailbox() {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
    setup.setServerStartupTimeout(STARTUP_MILLIS);
    greenMail = new GreenMail(setup);
    greenMail.start();
    greenMail.setUser("team@example.com", USERNAME, PASSWORD);
  }

  /** For a notifier that sends here. */
  EmailNotifier.Builder sender() {
    return distrustfulSender().trustedCertificates(MailCertificate.get().pem());
  }

  /** For one that trusts whom the JVM trusts, which this is not. */
  EmailNotifier.Builder distrustfulSender() {
    return EmailNotifier.builder()
        .smtpHost("localhost")
        .smtpPort(greenMail.getSmtps().getPort())
        .security(EmailNotifier.Security.SMTPS)
        .username(USERNAME)
        .password(PASSWORD)
        .fromEmail("Howdah <alerts@example.com>")
        .toEmails("team@example.com");
  }

  List<MimeMessage> mails() {
    return List.of(greenMail.getReceivedMessages());
  }

  /** The one that arrived last. */
  MimeMessage newest() {
    List<MimeMessage> mails = mails();
    return mails.get(mails.size() - 1);
  }

  @Override
  public void close() {
    greenMail.stop();
  }
}
