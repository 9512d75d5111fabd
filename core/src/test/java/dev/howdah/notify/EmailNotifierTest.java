package dev.howdah.notify;

import static dev.howdah.notify.SampleNotifications.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mail over real connections: encrypted ones, refused ones, and ones that hang. */
class EmailNotifierTest {

  @Test
  void aMailArrivesOverSmtps() throws Exception {
    try (SmtpsMailbox mailbox = new SmtpsMailbox();
        EmailNotifier notifier = mailbox.sender().build()) {
      notifier.send(full());

      assertThat(mailbox.mails()).hasSize(1);
    }
  }

  @Test
  void aMailArrivesOverStartTlsAfterALogin() throws Exception {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().toEmails("ann@example.com").build()) {
      notifier.send(full());

      assertThat(server.deliveries())
          .containsExactly(List.of("team@example.com", "ann@example.com"));
    }
  }

  @Test
  void aServerWithoutStartTlsGetsNoMail() {
    try (StartTlsServer server = StartTlsServer.withoutTls();
        EmailNotifier notifier = server.sender().build()) {
      assertThat(failureOf(notifier)).hasMessageContaining("STARTTLS");
      assertThat(server.deliveries()).isEmpty();
    }
  }

  @Test
  void withoutEncryptionItSendsWhenToldSo() throws Exception {
    try (StartTlsServer server = StartTlsServer.withoutTls();
        EmailNotifier notifier = server.sender().security(EmailNotifier.Security.NONE).build()) {
      notifier.send(full());

      assertThat(server.deliveries()).hasSize(1);
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsAFailure() {
    try (SmtpsMailbox mailbox = new SmtpsMailbox();
        EmailNotifier notifier = mailbox.distrustfulSender().build()) {
      assertThat(failureOf(notifier))
          .hasMessageContaining("unable to find valid certification path");
      assertThat(mailbox.mails()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "SMTPS"})
  void aCertificateForAnotherNameIsAFailure(EmailNotifier.Security security) {
    try (SmtpsMailbox mailbox = new SmtpsMailbox();
        StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier =
            (security == EmailNotifier.Security.SMTPS ? mailbox.sender() : server.sender())
                .smtpHost("127.0.0.1")
                .build()) {
      assertThat(failureOf(notifier)).hasMessageContaining("127.0.0.1");
      assertThat(mailbox.mails()).isEmpty();
      assertThat(server.deliveries()).isEmpty();
    }
  }

  @Test
  void aRefusedLoginMayBeMendedAndDoesNotTellThePassword() {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().password("hunter2").build()) {
      NotificationException failure = failureOf(notifier);

      assertThat(failure).hasMessageContaining("535").hasNoCause();
      assertThat(failure.getMessage()).doesNotContain("hunter2");
    }
  }

  @Test
  void aRefusedSenderMayBeMended() {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().build()) {
      server.refuse("alerts@example.com", "553 5.7.1 not your address");

      assertThat(failureOf(notifier)).hasMessageContaining("553 5.7.1 not your address");
    }
  }

  @Test
  void aRefusedRecipientIsFinal() {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().build()) {
      server.refuse("team@example.com", "550 5.1.1 no such user");

      assertThat(refusalOf(notifier))
          .hasMessageContaining("refused for team@example.com: 550 5.1.1 no such user");
    }
  }

  @Test
  void aRecipientWithAFullMailboxIsTriedAgain() throws Exception {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().build()) {
      server.refuse("team@example.com", "452 4.2.2 full");
      assertThat(failureOf(notifier)).hasMessageContaining("452 4.2.2 full");

      server.accept("team@example.com");
      notifier.send(full());

      assertThat(server.deliveries()).containsExactly(List.of("team@example.com"));
    }
  }

  @Test
  void aRefusedTextIsFinal() {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().build()) {
      server.refuse(StartTlsServer.TEXT, "554 5.7.1 looks like spam");

      assertThat(refusalOf(notifier)).hasMessageContaining("554 5.7.1 looks like spam");
    }
  }

  @Test
  void aBusyServerIsTriedAgain() {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().build()) {
      server.refuse(StartTlsServer.TEXT, "451 4.3.0 try later");

      assertThat(failureOf(notifier)).hasMessageContaining("451 4.3.0 try later");
    }
  }

  @Test
  void oneRefusedRecipientIsReportedAndTheOthersHaveTheMail() {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().toEmails("gone@example.com").build()) {
      server.refuse("gone@example.com", "550 5.1.1 no such user");

      assertThat(refusalOf(notifier))
          .hasMessageContaining("refused for gone@example.com: 550 5.1.1 no such user")
          .hasMessageContaining("delivered to [team@example.com]");
      assertThat(server.deliveries()).containsExactly(List.of("team@example.com"));
    }
  }

  @Test
  void whoHasTheMailDoesNotGetItAgainWhenOthersMustWait() throws Exception {
    try (StartTlsServer server = StartTlsServer.strict();
        EmailNotifier notifier = server.sender().toEmails("ann@example.com").build()) {
      server.refuse("ann@example.com", "451 4.7.1 greylisted");
      assertThat(failureOf(notifier)).hasMessageContaining("451 4.7.1 greylisted");

      server.accept("ann@example.com");
      notifier.send(full());
      notifier.send(SampleNotifications.milestone());

      assertThat(server.deliveries())
          .containsExactly(
              List.of("team@example.com"),
              List.of("ann@example.com"),
              List.of("team@example.com", "ann@example.com"));
    }
  }

  @Test
  void aServerThatIsDownIsAFailureThatNamesIt() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    try (EmailNotifier notifier = sender(unused).build()) {
      assertThat(failureOf(notifier))
          .hasMessageContaining("localhost:" + unused)
          .hasMessageContaining("Connection refused");
    }
  }

  @Test
  void aServerThatDoesNotExistIsAFailureThatNamesIt() {
    try (EmailNotifier notifier = sender(25).smtpHost("mail.invalid").build()) {
      assertThat(failureOf(notifier)).hasMessageContaining("mail.invalid");
    }
  }

  @Test
  void aServerThatHangsUpIsAFailure() throws Exception {
    try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EmailNotifier notifier = sender(rude.getLocalPort()).build()) {
      CompletableFuture<NotificationException> failure =
          CompletableFuture.supplyAsync(() -> failureOf(notifier));
      rude.accept().close();

      assertThat(failure.join()).hasMessageContaining("localhost:" + rude.getLocalPort());
    }
  }

  @Test
  void aSocksProxyIsAskedForTheConnection() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EmailNotifier notifier =
            sender(25).socksHost("localhost").socksPort(proxy.getLocalPort()).build()) {
      CompletableFuture<NotificationException> failure =
          CompletableFuture.supplyAsync(() -> failureOf(notifier));
      try (Socket connection = proxy.accept()) {
        int versionOfSocks = connection.getInputStream().read();

        assertThat(versionOfSocks).isEqualTo(5);
      }
      assertThat(failure.join()).hasMessageContaining("SOCKS");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatSaysNothingIsGivenUp(EmailNotifier.Security security) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EmailNotifier notifier =
            sender(silent.getLocalPort())
                .security(security)
                .readTimeout(Duration.ofMillis(100))
                .build()) {
      assertThat(failureOf(notifier)).hasMessageContaining("timed out");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWaitForASilentServer(EmailNotifier.Security security) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EmailNotifier notifier =
            sender(silent.getLocalPort())
                .security(security)
                .readTimeout(Duration.ofHours(1))
                .build()) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread sending =
          new Thread(
              () ->
                  thrown.complete(
                      catchThrowableOfType(Exception.class, () -> notifier.send(full()))));
      sending.start();
      try (Socket connection = silent.accept()) {
        assertThat(connection.isConnected()).isTrue();
        sending.interrupt();

        assertThat(thrown.join()).isInstanceOf(InterruptedException.class);
      }
    }
  }

  private static EmailNotifier.Builder sender(int port) {
    return EmailNotifier.builder()
        .smtpHost("localhost")
        .smtpPort(port)
        .fromEmail("alerts@example.com")
        .toEmails("team@example.com");
  }

  private static NotificationException failureOf(EmailNotifier notifier) {
    NotificationException thrown = thrownBy(notifier);
    assertThat(thrown.isPermanent()).as(thrown.getMessage()).isFalse();
    return thrown;
  }

  private static NotificationException refusalOf(EmailNotifier notifier) {
    NotificationException thrown = thrownBy(notifier);
    assertThat(thrown.isPermanent()).as(thrown.getMessage()).isTrue();
    return thrown;
  }

  private static NotificationException thrownBy(EmailNotifier notifier) {
    return catchThrowableOfType(NotificationException.class, () -> notifier.send(full()));
  }
}
