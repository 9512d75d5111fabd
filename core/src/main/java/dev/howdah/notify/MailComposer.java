package dev.howdah.notify;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Writes a notification as a mail: its headers, and its {@link Letter} in two alternatives. */
final class MailComposer {

  private static final String CHARSET = StandardCharsets.UTF_8.name();
  private static final int LONGEST_HEADER = 200;

  private final Session session;
  private final InternetAddress from;
  private final List<InternetAddress> to;
  private final @Nullable InternetAddress replyTo;
  private final MessageTemplate subject;
  private final MessageIds ids;

  MailComposer(Session session, EmailSettings settings) {
    this.session = session;
    this.from = MailAddresses.one("fromEmail", settings.fromEmail());
    this.to =
        settings.toEmails().stream()
            .flatMap(text -> MailAddresses.some("toEmails", text).stream())
            .distinct()
            .toList();
    this.replyTo =
        settings.replyTo() == null ? null : MailAddresses.one("replyTo", settings.replyTo());
    this.subject = settings.subject();
    this.ids = new MessageIds(from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1));
  }

  /** All whom a mail is for. */
  List<InternetAddress> recipients() {
    return to;
  }

  MimeMessage compose(Notification notification) throws MessagingException {
    MimeMessage mail = new MailWithId(session, ids.of(notification));
    mail.setFrom(from);
    mail.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
    if (replyTo != null) {
      mail.setReplyTo(new InternetAddress[] {replyTo});
    }
    mail.setSubject(headerText(subject.fill(notification, MailComposer::headerText)), CHARSET);
    mail.setHeader("Date", date(notification.createdAt()));
    setThread(mail, notification.subject());
    // No "out of office" in return (RFC 3834; the second is Exchange's).
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");
    mail.setHeader("X-Howdah-Reason", notification.reason().code());
    if (notification.subject() instanceof Issue issue) {
      mail.setHeader("X-Howdah-Fingerprint", encoded(headerText(issue.fingerprint())));
    }
    mail.setContent(alternatives(Letter.of(notification)));
    mail.saveChanges();
    return mail;
  }

  private void setThread(MimeMessage mail, Subject about) throws MessagingException {
    String thread = ids.ofThread(about);
    if (thread != null) {
      mail.setHeader("In-Reply-To", thread);
      mail.setHeader("References", thread);
    }
  }

  /** The best one last (RFC 2046, section 5.1.4). */
  private static MimeMultipart alternatives(Letter letter) throws MessagingException {
    return new MimeMultipart(
        "alternative", part(letter.text(), "plain"), part(letter.html(), "html"));
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.replace("\n", "\r\n"), CHARSET, subtype);
    return part;
  }

  /** One line. What looks encoded (RFC 2047) is not, and must not be decoded by the reader. */
  private static String headerText(String text) {
    return SafeText.line(text, LONGEST_HEADER).replace("=?", "= ?");
  }

  private static String encoded(String text) throws MessagingException {
    try {
      return MimeUtility.fold(
          "X-Howdah-Fingerprint: ".length(), MimeUtility.encodeText(text, CHARSET, null));
    } catch (UnsupportedEncodingException e) {
      throw new MessagingException("no UTF-8", e);
    }
  }

  private static String date(Instant at) {
    MailDateFormat format = new MailDateFormat();
    format.setTimeZone(TimeZone.getTimeZone("UTC"));
    return format.format(Date.from(at));
  }

  /** Keeps its id, where others make a new one from the name of the machine. */
  private static final class MailWithId extends MimeMessage {
    private final String id;

    MailWithId(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
