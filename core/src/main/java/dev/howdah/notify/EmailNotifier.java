package dev.howdah.notify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sends mail by SMTP, in plain text and HTML. Needs {@code org.eclipse.angus:angus-mail} (2.0 or
 * later), which Howdah does not bring; a modular application requires {@code
 * org.eclipse.angus.mail}.
 *
 * <pre>{@code
 * EmailNotifier.builder()
 *     .smtpHost("smtp.gmail.com")
 *     .fromEmail("alerts@myapp.com")
 *     .toEmails("team@myapp.com")
 *     .build()
 * }</pre>
 *
 * <p>The connection is encrypted and the server's certificate is checked, unless {@link
 * Security#NONE} is asked for. The mails of one bug make one thread, and a mail that is sent again
 * has the same {@code Message-ID}. Where a server takes a mail for some recipients only, it is not
 * sent to those again; the refused ones are reported.
 *
 * <p>Only a recipient or a text that the server refuses for good ends the attempts. A refused login
 * or sender, an untrusted certificate and the like may be mended: the message is tried again.
 */
public final class EmailNotifier implements Notifier {

  private final Mailer mailer;

  private EmailNotifier(Mailer mailer) {
    this.mailer = mailer;
  }

  /** A builder in which every setting has its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String kind() {
    return "email";
  }

  @Override
  public void send(Notification notification) throws NotificationException, InterruptedException {
    mailer.send(notification);
  }

  @Override
  public void close() {
    mailer.close();
  }

  /** Where mail is sent and to whom; no secret. */
  @Override
  public String toString() {
    return mailer.toString();
  }

  /** How the connection to the mail server is encrypted. */
  public enum Security {
    /** By the command STARTTLS; without it nothing is sent. Port 587 by default. */
    STARTTLS(587),
    /** From the first byte on. Port 465 by default. */
    SMTPS(465),
    /** Not at all, login included: for a server on the same machine. Port 25 by default. */
    NONE(25);

    private final int defaultPort;

    Security(int defaultPort) {
      this.defaultPort = defaultPort;
    }

    /**
     * The constant of that name.
     *
     * @param name in any case
     * @throws IllegalArgumentException when there is none
     */
    public static Security named(String name) {
      for (Security security : values()) {
        if (security.name().equalsIgnoreCase(name.strip())) {
          return security;
        }
      }
      throw WrongSetting.of("security", name, "starttls, smtps or none");
    }

    /** As it is written in a configuration, such as {@code starttls}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Collects settings. For one thread. */
  public static final class Builder {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final int DEFAULT_SOCKS_PORT = 1080;

    private @Nullable String smtpHost;
    private @Nullable Integer smtpPort;
    private Security security = Security.STARTTLS;
    private @Nullable String username;
    private @Nullable String password;
    private @Nullable String fromEmail;
    private final List<String> toEmails = new ArrayList<>();
    private @Nullable String replyTo;
    private MessageTemplate subject = MessageTemplate.of("{headline}");
    private Duration connectTimeout = DEFAULT_TIMEOUT;
    private Duration readTimeout = DEFAULT_TIMEOUT;
    private Duration writeTimeout = DEFAULT_TIMEOUT;
    private @Nullable Path trustedCertificates;
    private @Nullable String socksHost;
    private int socksPort = DEFAULT_SOCKS_PORT;

    private Builder() {}

    /** Name or address of the mail server, such as {@code smtp.gmail.com}. Required. */
    public Builder smtpHost(String smtpHost) {
      this.smtpHost = smtpHost;
      return this;
    }

    /** Its port, 1 to 65535. Default by {@link #security}: 587, 465 or 25. */
    public Builder smtpPort(int smtpPort) {
      this.smtpPort = smtpPort;
      return this;
    }

    /** How the connection is encrypted. Default {@link Security#STARTTLS}. */
    public Builder security(Security security) {
      this.security = security;
      return this;
    }

    /** Who logs in. Default, as with an empty text: nobody. */
    public Builder username(String username) {
      this.username = username;
      return this;
    }

    /** The password of {@link #username}; with Gmail and others, one made for the application. */
    public Builder password(String password) {
      this.password = password;
      return this;
    }

    /** The sender, such as {@code alerts@myapp.com} or {@code My app <alerts@myapp.com>}. */
    public Builder fromEmail(String fromEmail) {
      this.fromEmail = fromEmail;
      return this;
    }

    /**
     * Adds recipients, all in one mail. At least one is required.
     *
     * @param addresses each one address, or several with commas between
     */
    public Builder toEmails(String... addresses) {
      toEmails.addAll(List.of(addresses));
      return this;
    }

    /** Who gets the answers to a mail. Default: the sender. */
    public Builder replyTo(String replyTo) {
      this.replyTo = replyTo;
      return this;
    }

    /**
     * The subject line, cut after 200 characters. Default {@code {headline}}. Gmail makes one
     * thread only of mails whose subjects are equal, such as those of {@code {title} in {service}}.
     */
    public Builder subject(MessageTemplate subject) {
      this.subject = subject;
      return this;
    }

    /** How long a connection may take to open, 1 ms to 1 h. Default 10 s. */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = connectTimeout;
      return this;
    }

    /** How long the server may take to answer a command, 1 ms to 1 h. Default 10 s. */
    public Builder readTimeout(Duration readTimeout) {
      this.readTimeout = readTimeout;
      return this;
    }

    /** How long the server may take to accept what is sent, 1 ms to 1 h. Default 10 s. */
    public Builder writeTimeout(Duration writeTimeout) {
      this.writeTimeout = writeTimeout;
      return this;
    }

    /**
     * File in PEM form with the certificates that are trusted, such as that of a company's own
     * authority. Read once, by {@link #build}. Default: those that the JVM trusts ({@code
     * javax.net.ssl.trustStore}).
     */
    public Builder trustedCertificates(Path trustedCertificates) {
      this.trustedCertificates = trustedCertificates;
      return this;
    }

    /** Name or address of a SOCKS proxy. Default: none, whatever the JVM's own settings are. */
    public Builder socksHost(String socksHost) {
      this.socksHost = socksHost;
      return this;
    }

    /** Port of the SOCKS proxy, 1 to 65535. Default 1080. */
    public Builder socksPort(int socksPort) {
      this.socksPort = socksPort;
      return this;
    }

    /**
     * The notifier; connects to nothing yet.
     *
     * @throws IllegalArgumentException naming the setting, its value unless that is a secret, and
     *     what would be right; or that Angus Mail is missing
     */
    public EmailNotifier build() {
      MailLibrary.require();
      return new EmailNotifier(new Mailer(settings()));
    }

    private EmailSettings settings() {
      return new EmailSettings(
          required("smtpHost", smtpHost, "the name of the mail server"),
          smtpPort == null ? security.defaultPort : smtpPort,
          security,
          orNull(username),
          orNull(password),
          required("fromEmail", fromEmail, "the sender's address, such as alerts@example.com"),
          toEmails,
          orNull(replyTo),
          subject,
          connectTimeout,
          readTimeout,
          writeTimeout,
          trustedCertificates,
          orNull(socksHost),
          socksPort);
    }

    /** A variable of the environment that is empty is one that is not set. */
    private static @Nullable String orNull(@Nullable String value) {
      return value == null || value.isBlank() ? null : value;
    }

    private static String required(String setting, @Nullable String value, String requirement) {
      if (value == null || value.isBlank()) {
        throw EmailSettings.missing(setting, requirement);
      }
      return value.strip();
    }
  }
}
