package dev.howdah.notify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link EmailNotifier.Builder} was told, checked; addresses are read later. */
record EmailSettings(
    String smtpHost,
    int smtpPort,
    EmailNotifier.Security security,
    @Nullable String username,
    @Nullable String password,
    String fromEmail,
    List<String> toEmails,
    @Nullable String replyTo,
    MessageTemplate subject,
    Duration connectTimeout,
    Duration readTimeout,
    Duration writeTimeout,
    @Nullable Path trustedCertificates,
    @Nullable String socksHost,
    int socksPort) {

  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  EmailSettings {
    toEmails = List.copyOf(toEmails);
    requirePort("smtpPort", smtpPort);
    requirePort("socksPort", socksPort);
    requireTimeout("connectTimeout", connectTimeout);
    requireTimeout("readTimeout", readTimeout);
    requireTimeout("writeTimeout", writeTimeout);
    if (toEmails.isEmpty()) {
      throw missing("toEmails", "the address of at least one recipient, such as team@example.com");
    }
    if (username != null && password == null) {
      throw missing("password", "the password of '" + username + "', the username");
    }
    if (password != null && username == null) {
      throw missing("username", "who logs in with the password that is set");
    }
  }

  static IllegalArgumentException missing(String setting, String requirement) {
    return new IllegalArgumentException(
        "setting '" + setting + "' has no value: it must be " + requirement);
  }

  private static void requirePort(String setting, int port) {
    if (port < 1 || port > 65_535) {
      throw WrongSetting.of(setting, port, "a port, 1 to 65535");
    }
  }

  private static void requireTimeout(String setting, Duration timeout) {
    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw WrongSetting.of(setting, timeout.toMillis() + " ms", "1 ms to 1 h");
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return security + "://" + smtpHost + ":" + smtpPort;
  }
}
