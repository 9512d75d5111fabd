package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingServerTest {

  private RecordingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new RecordingServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void recordsWhatIsSent() throws Exception {
    HttpClient.newHttpClient().send(hello(server), BodyHandlers.ofString());

    RecordedRequest request = server.onlyRequest();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.target()).isEqualTo("/path?a=%20b");
    assertThat(request.header("x-NAME")).isEqualTo("value");
    assertThat(request.header("X-Other")).isNull();
    assertThat(request.body()).isEqualTo("grüß dich");
  }

  @Test
  void answersAsTheScriptSaysAndThenAsUsual() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    server.answer(
        ScriptedAnswer.status(429, "later").with("Retry-After", "7"),
        ScriptedAnswer.redirect(307, server.uri("/elsewhere")));

    HttpResponse<String> first = client.send(hello(server), BodyHandlers.ofString());
    HttpResponse<String> second = client.send(hello(server), BodyHandlers.ofString());
    HttpResponse<String> third = client.send(hello(server), BodyHandlers.ofString());

    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.body()).isEqualTo("later");
    assertThat(first.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(second.statusCode()).isEqualTo(307);
    assertThat(second.headers().firstValue("Location")).hasValue(server.uri("/elsewhere") + "");
    assertThat(third.statusCode()).isEqualTo(200);
    assertThat(third.body()).isEqualTo("ok");
  }

  @Test
  void aConnectionThatIsCutHasNoAnswer() {
    server.answer(ScriptedAnswer.cut());

    assertThatThrownBy(
            () -> HttpClient.newHttpClient().send(hello(server), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    assertThat(server.requests()).isNotEmpty();
  }

  @Test
  void closingEndsAConnectionThatHangs() {
    server.answerAlways(ScriptedAnswer.hang());
    CompletableFuture<HttpResponse<String>> answer =
        HttpClient.newHttpClient().sendAsync(hello(server), BodyHandlers.ofString());
    await().until(() -> !server.requests().isEmpty());
    assertThat(answer).isNotDone();

    server.close();

    assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void speaksTlsToThoseWhoTrustItsCertificate() throws Exception {
    LoopbackTls tls = new LoopbackTls();
    try (RecordingServer secure = new RecordingServer(tls.context())) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(tls.context()).build();

      trusting.send(hello(secure), BodyHandlers.ofString());

      assertThat(secure.onlyRequest().body()).isEqualTo("grüß dich");
      assertThat(secure.uri("/")).hasScheme("https");
    }
  }

  private static HttpRequest hello(RecordingServer server) {
    return HttpRequest.newBuilder(server.uri("/path?a=%20b"))
        .header("X-Name", "value")
        .PUT(BodyPublishers.ofString("grüß dich"))
        .build();
  }
}
