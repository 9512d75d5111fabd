package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.howdah.event.HowdahThreads;
import dev.howdah.testkit.Direction;
import dev.howdah.testkit.Fault;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.LoopbackTls;
import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.ScriptedAnswer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers mean, whatever a receiver does. */
class HttpSenderTest {

  private static final String SECRET_PATH = "/services/T00000000/B00000000/XXXXXXXXXXXX";

  private final List<HttpSender> senders = new ArrayList<>();
  private static LoopbackTls tls;

  private SSLContext usualTrust;
  private RecordingServer server;

  @BeforeAll
  static void makeKey() throws Exception {
    tls = new LoopbackTls();
  }

  @BeforeEach
  void start() throws Exception {
    usualTrust = SSLContext.getDefault();
    server = new RecordingServer();
  }

  @AfterEach
  void stop() {
    SSLContext.setDefault(usualTrust);
    senders.forEach(HttpSender::close);
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void anAnswerOfTwoHundredOddIsTaken(int status) throws Exception {
    server.answer(ScriptedAnswer.status(status));

    send(server.uri(SECRET_PATH), WebhookNotifier.builder());

    assertThat(server.onlyRequest().body()).isEqualTo("hello");
    assertThat(server.onlyRequest().header("User-Agent")).startsWith("Howdah/");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void thatWhichMayGoWellLaterIsAFailure(int status) {
    server.answer(ScriptedAnswer.status(status, "later"));

    NotificationException e = failure(server.uri(SECRET_PATH), WebhookNotifier.builder());

    assertThat(e.isPermanent()).isFalse();
    assertThat(e.retryAfter()).isNull();
    assertThat(e).hasMessage("127.0.0.1 answered " + status + ": later");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 410, 413})
  void otherAnswersAreARefusal(int status) {
    server.answer(ScriptedAnswer.redirect(status, server.uri("/elsewhere")));

    NotificationException e = failure(server.uri(SECRET_PATH), WebhookNotifier.builder());

    assertThat(e.isPermanent()).isTrue();
    assertThat(e).hasMessage("127.0.0.1 answered " + status);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aReceiverThatAsksForAPauseGetsIt(int status) {
    server.answer(ScriptedAnswer.status(status).with("Retry-After", "7"));

    NotificationException e = failure(server.uri(SECRET_PATH), WebhookNotifier.builder());

    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(e.isPermanent()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "120                           | PT2M",
        "Sat, 28 Nov 2026 06:01:30 GMT | PT1M30S",
        "Sat, 28 Nov 2026 05:00:00 GMT | none",
        "0                             | none",
        "soon                          | none",
        "-5                            | none",
        "99999999                      | PT24H",
        "99999999999999999999          | none",
        "9999999999999999              | PT24H",
      })
  void retryAfterIsSecondsOrADate(String value, @Nullable Duration expected) {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, each) -> true);

    assertThat(RetryAfter.of(headers, HttpSamples.NOW)).isEqualTo(expected);
  }

  @Test
  void aReceiverThatHangsIsLeftInTime() {
    server.answer(ScriptedAnswer.hang());

    NotificationException e =
        failure(server.uri(SECRET_PATH), WebhookNotifier.builder().timeout(Duration.ofMillis(300)));

    assertThat(e.isPermanent()).isFalse();
    assertThat(e).hasMessage("127.0.0.1 has not answered within 300 ms");
  }

  @Test
  void aMessageIsTakenThoughTheTextOfTheAnswerNeverEnds() throws Exception {
    server.answer(ScriptedAnswer.trickle());

    send(server.uri(SECRET_PATH), WebhookNotifier.builder().timeout(Duration.ofSeconds(3)));

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aConnectionThatIsClosedIsAFailure() {
    server.answer(ScriptedAnswer.cut());

    NotificationException e = failure(server.uri(SECRET_PATH), WebhookNotifier.builder());

    assertThat(e.isPermanent()).isFalse();
    assertThat(e).hasMessageStartingWith("127.0.0.1: ");
  }

  @Test
  void aConnectionThatIsResetInTheAnswerIsAFailure() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy("127.0.0.1", server.port())) {
      proxy.strikeNext(Direction.TO_CLIENT, 5, Fault.RESET);
      URI uri = URI.create("http://127.0.0.1:" + proxy.port() + "/hook");

      NotificationException e = failure(uri, WebhookNotifier.builder());

      assertThat(e.isPermanent()).isFalse();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aReceiverThatIsAwayIsAFailure() {
    server.close();

    NotificationException e = failure(server.uri(SECRET_PATH), WebhookNotifier.builder());

    assertThat(e.isPermanent()).isFalse();
    assertThat(e).hasMessageContaining("ConnectException");
  }

  @Test
  void whatAReceiverSaysIsCutAndCleaned() {
    server.answer(ScriptedAnswer.status(400, "no\r\n\u001b[31m" + "x".repeat(1_000_000)));

    assertThat(failure(server.uri(SECRET_PATH), WebhookNotifier.builder()).getMessage())
        .startsWith("127.0.0.1 answered 400: no ␛[31mxxx")
        .endsWith("x…")
        .hasSizeLessThan(240);
  }

  @Test
  void whatAReceiverRepeatsOfASecretIsBlottedOut() {
    server.answer(ScriptedAnswer.status(404, "Nothing at " + SECRET_PATH + "?token=abcdefgh1234"));

    assertThat(failure(server.uri(SECRET_PATH + "?token=abcdefgh1234"), WebhookNotifier.builder()))
        .hasMessage("127.0.0.1 answered 404: Nothing at /…/…/…/…?token=…");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void aRedirectIsFollowedWithMethodAndBodyWhereThatIsSet(int status) throws Exception {
    server.answer(ScriptedAnswer.redirect(status, URI.create("/moved")));

    send(server.uri("/hook"), WebhookNotifier.builder().followRedirects(true));

    assertThat(server.requests())
        .extracting(request -> request.method() + " " + request.target() + " " + request.body())
        .containsExactly("POST /hook hello", "POST /moved hello");
  }

  @Test
  void aRedirectToAnotherHostIsNeverFollowed() throws Exception {
    try (RecordingServer other = new RecordingServer()) {
      server.answer(ScriptedAnswer.redirect(307, other.uri("/hook")));

      NotificationException e =
          failure(server.uri("/hook"), WebhookNotifier.builder().followRedirects(true));

      assertThat(e.isPermanent()).isTrue();
      assertThat(e).hasMessageContaining("redirects to http://127.0.0.1:" + other.port() + "/…");
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailto:me@example.com", "http://", "not a URL", "file:///etc/passwd"})
  void aRedirectToWhatIsNoUrlIsARefusal(String location) {
    server.answer(ScriptedAnswer.status(307).with("Location", location));

    NotificationException e =
        failure(server.uri("/hook"), WebhookNotifier.builder().followRedirects(true));

    assertThat(e.isPermanent()).isTrue();
    assertThat(e).hasMessageContaining("redirects to");
  }

  @Test
  void redirectsInACircleHaveAnEnd() {
    server.answerAlways(ScriptedAnswer.redirect(307, URI.create("/hook")));

    NotificationException e =
        failure(server.uri("/hook"), WebhookNotifier.builder().followRedirects(true));

    assertThat(e.isPermanent()).isTrue();
    assertThat(server.requests()).hasSize(6);
  }

  @Test
  void privateAddressesAreRefusedBeforeAnythingIsSent() {
    for (String host :
        List.of("127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:7f00:1]")) {
      URI uri = URI.create("http://" + host + ":" + server.port() + "/hook");

      NotificationException e =
          failure(uri, WebhookNotifier.builder().allowPrivateAddresses(false));

      assertThat(e.isPermanent()).isTrue();
      assertThat(e).hasMessageContaining("'allowPrivateAddresses' is false");
    }
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false",
    "10.1.2.3, false",
    "100.64.0.1, false",
    "100.128.0.1, true",
    "169.254.169.254, false",
    "172.16.0.1, false",
    "172.32.0.1, true",
    "192.168.1.1, false",
    "192.169.1.1, true",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "0.0.0.0, false",
    "8.8.8.8, true",
    "::1, false",
    "::, false",
    "::ffff:10.0.0.1, false",
    "64:ff9b::a00:1, false",
    "fd00::1, false",
    "fe80::1, false",
    "ff02::1, false",
    "2606:4700::1, true",
  })
  void specialAddressesAreToldFromPublicOnes(String address, boolean expected) throws Exception {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isEqualTo(expected);
  }

  @Test
  void aProxyIsUsedWhereOneIsSet() throws Exception {
    send(
        URI.create("http://receiver.test/hook"),
        WebhookNotifier.builder().proxyHost("127.0.0.1").proxyPort(server.port()));

    assertThat(server.onlyRequest().target()).isEqualTo("http://receiver.test/hook");
  }

  @Test
  void overTlsTheCertificateIsChecked() throws Exception {
    try (RecordingServer secure = new RecordingServer(tls.context())) {
      NotificationException e = failure(secure.uri("/hook"), WebhookNotifier.builder());
      assertThat(e.isPermanent()).isFalse();
      assertThat(e).hasMessageContaining("SSLHandshakeException");
      assertThat(secure.requests()).isEmpty();

      SSLContext.setDefault(tls.context());
      send(secure.uri("/hook"), WebhookNotifier.builder());
      assertThat(secure.onlyRequest().body()).isEqualTo("hello");
    }
  }

  @Test
  void noRedirectLeadsFromHttpsToHttp() throws Exception {
    try (RecordingServer secure = new RecordingServer(tls.context())) {
      secure.answer(ScriptedAnswer.redirect(307, server.uri("/hook")));

      SSLContext.setDefault(tls.context());
      NotificationException e =
          failure(secure.uri("/hook"), WebhookNotifier.builder().followRedirects(true));

      assertThat(e.isPermanent()).isTrue();
      assertThat(secure.requests()).hasSize(1);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void anInterruptEndsTheWaitForAReceiverThatHangs() throws Exception {
    server.answer(ScriptedAnswer.hang());
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread sending =
        new Thread(() -> thrown.set(catchThrowableOfType(Exception.class, this::sendWithDefaults)));
    sending.start();
    await().until(() -> !server.requests().isEmpty());

    sending.interrupt();
    sending.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void allThreadsBelongToHowdahSoThatWhatTheyLogNeverEntersTheRing() throws Exception {
    Set<Thread> made = threadsMadeBySending();

    assertThat(made).anyMatch(thread -> thread.getName().contains("HttpClient"));
    assertThat(made)
        .extracting(thread -> thread.getName() + " of " + thread.getThreadGroup().getName())
        .allMatch(name -> name.endsWith(" of howdah"));
  }

  @Test
  void aClosedSenderLeavesNoThread() throws Exception {
    Set<Thread> made = threadsMadeBySending();

    senders.forEach(HttpSender::close);

    await()
        .until(
            () -> {
              // What ends the client's own thread before Java 21.
              System.gc();
              return made.stream().noneMatch(Thread::isAlive);
            });
  }

  @Test
  void aClosedSenderSendsNothing() {
    HttpSender sender = sender(server.uri("/hook"), WebhookNotifier.builder());
    sender.close();

    NotificationException e =
        catchThrowableOfType(
            NotificationException.class, () -> sender.send(hello(server.uri("/hook"))));

    assertThat(e).hasMessage("the channel is closed");
    assertThat(server.requests()).isEmpty();
  }

  private void sendWithDefaults() throws Exception {
    send(server.uri("/hook"), WebhookNotifier.builder());
  }

  /** Those that live while a receiver hangs, but for the server's and the one that sends. */
  private Set<Thread> threadsMadeBySending() throws Exception {
    server.answer(ScriptedAnswer.hang());
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Thread sending = HowdahThreads.create("channel", this::sendUntilInterrupted);
    sending.start();
    await().until(() -> !server.requests().isEmpty());

    Set<Thread> made = new HashSet<>(Thread.getAllStackTraces().keySet());
    sending.interrupt();
    sending.join();
    made.removeAll(before);
    made.remove(sending);
    made.removeIf(thread -> !thread.getName().matches("howdah-.*|HttpClient-.*"));
    return made;
  }

  private void sendUntilInterrupted() {
    assertThatThrownBy(this::sendWithDefaults).isInstanceOf(InterruptedException.class);
  }

  private void send(URI uri, WebhookNotifier.Builder settings) throws Exception {
    sender(uri, settings).send(hello(uri));
  }

  private NotificationException failure(URI uri, WebhookNotifier.Builder settings) {
    return catchThrowableOfType(NotificationException.class, () -> send(uri, settings));
  }

  private HttpSender sender(URI uri, WebhookNotifier.Builder settings) {
    HttpUrl url = HttpUrl.of("url", uri.toString());
    HttpSender sender = new HttpSender(settings.httpSettings(), url.secrets());
    senders.add(sender);
    return sender;
  }

  private static HttpRequest hello(URI uri) {
    return HttpSender.request(HttpUrl.of("url", uri.toString()))
        .POST(HttpRequest.BodyPublishers.ofString("hello"))
        .build();
  }
}
