package dev.howdah.logback;

/** The element {@code <email>}: sends mail by SMTP. */
public final class EmailElement extends ChannelElement {

  /** Made by Logback, and by programs. */
  public EmailElement() {}

  @Override
  String kind() {
    return "email";
  }

  /**
   * Setting {@code smtpHost}.
   *
   * @param value mail server; required
   */
  public void setSmtpHost(String value) {
    set("smtpHost", value);
  }

  /**
   * Setting {@code smtpPort}.
   *
   * @param value its port; default 587, or 465 with smtps, or 25 with none
   */
  public void setSmtpPort(String value) {
    set("smtpPort", value);
  }

  /**
   * Setting {@code security}.
   *
   * @param value how the connection is encrypted: starttls, smtps or none; default starttls
   */
  public void setSecurity(String value) {
    set("security", value);
  }

  /**
   * Setting {@code username}.
   *
   * @param value user of the mail server
   */
  public void setUsername(String value) {
    set("username", value);
  }

  /**
   * Setting {@code password}.
   *
   * @param value the user's password
   */
  public void setPassword(String value) {
    set("password", value);
  }

  /**
   * Setting {@code fromEmail}.
   *
   * @param value sender's address; required
   */
  public void setFromEmail(String value) {
    set("fromEmail", value);
  }

  /**
   * Setting {@code toEmails}.
   *
   * @param value receivers' addresses, separated by commas; required
   */
  public void setToEmails(String value) {
    set("toEmails", value);
  }

  /**
   * Setting {@code replyTo}.
   *
   * @param value address that answers go to
   */
  public void setReplyTo(String value) {
    set("replyTo", value);
  }

  /**
   * Setting {@code subject}.
   *
   * @param value subject with variables in braces; default: what happened, and where
   */
  public void setSubject(String value) {
    set("subject", value);
  }

  /**
   * Setting {@code trustedCertificates}.
   *
   * @param value file in PEM form with certificates that are trusted; default: the JVM's
   */
  public void setTrustedCertificates(String value) {
    set("trustedCertificates", value);
  }

  /**
   * Setting {@code socksHost}.
   *
   * @param value SOCKS proxy; default: none
   */
  public void setSocksHost(String value) {
    set("socksHost", value);
  }

  /**
   * Setting {@code socksPort}.
   *
   * @param value the proxy's port; default 1080
   */
  public void setSocksPort(String value) {
    set("socksPort", value);
  }
}
