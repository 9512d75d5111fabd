package dev.howdah.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server that wants STARTTLS and a login, and refuses whom and what a test says. What it
 * refuses is told by the address or by {@link #TEXT}, and the answer, such as {@code 550 unknown}.
 */
final class StartTlsServer implements AutoCloseable {

  static final String USERNAME = "howdah";
  static final String PASSWORD = "correct horse";
  static final String TEXT = "text";

  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final List<List<String>> deliveries = new CopyOnWriteArrayList<>();
  private final SMTPServer server;

  /** One that offers STARTTLS and a login, and insists on both. */
  static StartTlsServer strict() {
    return new StartTlsServer(
        SMTPServer.port(0)
            .enableTLS()
            .requireTLS()
            .startTlsSocketFactory(MailCertificate.get().serverContext())
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory((user, password, from) -> login(password)))
            .requireAuth());
  }

  /** One that knows neither. */
  static StartTlsServer withoutTls() {
    return new StartTlsServer(SMTPServer.port(0));
  }

  private StartTlsServer(SMTPServer.Builder builder) {
    server =
        builder
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("localhost")
            .messageHandlerFactory(context -> new Delivery())
            .build();
    server.start();
  }

  /** For a notifier that sends here. */
  EmailNotifier.Builder sender() {
    return EmailNotifier.builder()
        .smtpHost("localhost")
        .smtpPort(server.getPortAllocated())
        .trustedCertificates(MailCertificate.get().pem())
        .username(USERNAME)
        .password(PASSWORD)
        .fromEmail("alerts@example.com")
        .toEmails("team@example.com");
  }

  void refuse(String addressOrText, String answer) {
    refusals.put(addressOrText, answer);
  }

  void accept(String addressOrText) {
    refusals.remove(addressOrText);
  }

  /** The recipients of each mail that was taken. */
  List<List<String>> deliveries() {
    return deliveries;
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void login(String password) throws LoginFailedException {
    if (!password.equals(PASSWORD)) {
      throw new LoginFailedException("wrong password: " + password);
    }
  }

  private void check(String addressOrText) throws RejectException {
    String answer = refusals.get(addressOrText);
    if (answer != null) {
      throw new RejectException(Integer.parseInt(answer.substring(0, 3)), answer.substring(4));
    }
  }

  private final class Delivery implements MessageHandler {
    private final List<String> recipients = new ArrayList<>();

    @Override
    public void from(String sender) throws RejectException {
      check(sender);
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      check(recipient);
      recipients.add(recipient);
    }

    @Override
    public String data(InputStream text) throws RejectException, IOException {
      text.readAllBytes();
      check(TEXT);
      deliveries.add(recipients);
      return "taken";
    }

    @Override
    public void done() {}
  }
}
