package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.testkit.RecordedRequest;
import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.ScriptedAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class WebhookNotifierTest {

  private static final String SECRET = "a secret of many letters";

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
  void aBugIsSentAsTheFileShows() throws Exception {
    Contract.assertShows("webhook-issue.json", sent(HttpSamples.again(Reason.MILESTONE)).body());
  }

  @Test
  void aDigestIsSentAsTheFileShows() throws Exception {
    Contract.assertShows("webhook-digest.json", sent(HttpSamples.digest(2)).body());
  }

  @Test
  void anErrorRateIsSentAsTheFileShows() throws Exception {
    Contract.assertShows("webhook-error-rate.json", sent(HttpSamples.errorRate()).body());
  }

  @Test
  void aTestIsSentAsTheFileShows() throws Exception {
    Contract.assertShows("webhook-test.json", sent(HttpSamples.test()).body());
  }

  @ParameterizedTest
  @MethodSource("dev.howdah.notify.HttpSamples#all")
  void whatIsSentObeysThePublishedSchemaAndIsDescribedThere(Notification notification)
      throws Exception {
    Contract.closed("webhook.schema.json").assertKept(sent(notification).body());
  }

  @Test
  void theHeadersTellWhatItIs() throws Exception {
    long before = Instant.now().getEpochSecond();

    RecordedRequest request = sent(HttpSamples.fresh());

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/hook?key=1");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("Idempotency-Key")).isEqualTo(HttpSamples.fresh().dedupeKey());
    assertThat(request.header("Howdah-Reason")).isEqualTo("new");
    assertThat(Long.parseLong(request.header("Howdah-Timestamp")))
        .isBetween(before, Instant.now().getEpochSecond());
    assertThat(request.header("Howdah-Signature")).isNull();
  }

  @Test
  void theSignatureIsThatOfTimeAndBody() throws Exception {
    RecordedRequest request = sent(HttpSamples.fresh(), builder().secret(SECRET));

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = request.header("Howdah-Timestamp") + "." + request.body();
    assertThat(request.header("Howdah-Signature"))
        .isEqualTo(
            "v1=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
  }

  /** {@code printf '1795845600.{"version":1}' | openssl dgst -sha256 -hmac 'a secret of …'}. */
  @Test
  void theSignatureIsWhatOpensslComputes() {
    WebhookSignature signature = Objects.requireNonNull(WebhookSignature.of(SECRET));

    assertThat(signature.of(1_795_845_600, "{\"version\":1}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1=6d4ea0ce636f3d9f6050f2f8f6602c3c67d9c9ff2930a82483f93b3c1155950e");
  }

  @Test
  void ownHeadersAreSent() throws Exception {
    RecordedRequest request =
        sent(
            HttpSamples.fresh(),
            builder()
                .headers("\n  Authorization: Bearer abc:def \n X-Team:  shop\n\nuser-agent: me"));

    assertThat(request.header("Authorization")).isEqualTo("Bearer abc:def");
    assertThat(request.header("X-Team")).isEqualTo("shop");
    assertThat(request.header("User-Agent")).isEqualTo("me");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no colon                  | '…': it must be lines such as 'Name: value'",
        "Bad Name: secret-value    | '…': it must be lines such as 'Name: value'",
        ": secret-value            | '…': it must be lines such as 'Name: value'",
        "X-Empty:                  | 'X-Empty: …': it must be of printable ASCII characters",
        "X-Bell: secret-\u0007x    | 'X-Bell: …': it must be of printable ASCII characters",
        "X-Grüße: a                | '…': it must be lines such as 'Name: value'",
        "Host: secret-value        | 'Host: …': it must be left to Howdah",
        "Content-Length: 17        | 'Content-Length: …': it must be left to Howdah",
        "howdah-signature: v1=abc  | 'howdah-signature: …': it must be left to Howdah",
        "Idempotency-Key: 1        | 'Idempotency-Key: …': it must be left to Howdah",
        "content-type: text/plain  | 'content-type: …': it must be set by 'contentType'",
      })
  void aHeaderThatCannotBeSentIsRefusedAtTheStart(String line, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().headers(line))
        .withMessageContaining("setting 'headers' has the value " + expected)
        .withMessageNotContaining("secret-");
  }

  @Test
  void aHeaderThatIsThereTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().headers("X-A: 1\nx-a: 2"))
        .withMessageContaining("it must be there once");
  }

  @Test
  void anOwnBodyIsSentAndSigned() throws Exception {
    RecordedRequest request =
        sent(
            HttpSamples.hostile(),
            builder()
                .secret(SECRET)
                .method("put")
                .bodyTemplate("{\"text\": \"{headline}\", \"order\": \"{context.none}\"}"));

    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.header("Howdah-Signature")).startsWith("v1=");
    JsonNode json = Contract.json(request.body());
    assertThat(json.get("text").asString()).startsWith("New: <!channel>").contains("␛[31m");
    assertThat(json.get("order").asString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/xml; charset=utf-8    | boom: cart 17 &amp; co",
        "application/x-www-form-urlencoded | boom%3A+cart+17+%26+co",
        "text/plain                        | boom: cart 17 & co",
      })
  void valuesAreEscapedForTheTypeOfContent(String contentType, String expected) throws Exception {
    RecordedRequest request =
        sent(HttpSamples.fresh(), builder().bodyTemplate("{title}").contentType(contentType));

    assertThat(request.body()).isEqualTo(expected);
    assertThat(request.header("Content-Type")).isEqualTo(contentType);
  }

  @Test
  void aHugeValueInAnOwnBodyIsCut() throws Exception {
    RecordedRequest request =
        sent(HttpSamples.huge(), builder().bodyTemplate("{\"text\": \"{message}\"}"));

    assertThat(Contract.json(request.body()).get("text").asString())
        .hasSizeLessThanOrEqualTo(8000)
        .endsWith("…");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"count\": {occurrences}} | column 11 of line 1",
        "{\"key\": \"secret\"        | column 17 of line 1",
        "{headline}               | column",
      })
  void anOwnBodyThatWouldBeNoJsonIsRefusedAtTheStart(String template, String where) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().bodyTemplate(template).build())
        .withMessageContaining("setting 'bodyTemplate' is wrong at " + where)
        .withMessageContaining("it must be JSON")
        .withMessageNotContaining("secret")
        .withNoCause();
  }

  @Test
  void anUnknownVariableIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().bodyTemplate("{\"a\": \"{nonsense}\"}").build())
        .withMessageContaining("setting 'bodyTemplate': there is no variable {nonsense}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${WEBHOOK_URL}               | '${WEBHOOK_URL}': it must be an http or https URL",
        "ftp://example.com/secret     | '…': it must be an http or https URL",
        "secret                       | '…': it must be an http or https URL",
        "https:///secret              | '…': it must be an http or https URL",
        "https://example.com/a secret | '…': it must be an http or https URL",
        "https://me:secret@example.com/x | 'https://example.com/…': it must be without user",
      })
  void aWrongUrlIsToldWithoutWhatMayBeSecret(String url, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookNotifier.builder().url(url).build())
        .withMessageContaining("setting 'url' has the value " + expected)
        .withMessageNotContaining("secret")
        .withNoCause();
  }

  @Test
  void aMissingUrlIsTold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookNotifier.builder().build())
        .withMessage("setting 'url' is missing: it must be an http or https URL");
  }

  @Test
  void otherWrongSettingsAreTold() {
    WebhookNotifier.Builder builder = builder();

    assertThatThrownBy(() -> builder.method("GET"))
        .hasMessage("setting 'method' has the value 'GET': it must be POST or PUT");
    assertThatThrownBy(() -> builder.contentType("json\r\nX: y"))
        .hasMessageStartingWith("setting 'contentType' has the value");
    assertThatThrownBy(() -> builder().secret("short").build())
        .hasMessage("setting 'secret' has the value '…': it must be of at least 16 characters");
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO))
        .hasMessage("setting 'timeout' has the value 'PT0S': it must be from 1 ms to 10 min");
    assertThatThrownBy(() -> builder.proxyPort(0))
        .hasMessage("setting 'proxyPort' has the value '0': it must be from 1 to 65535");
    assertThatThrownBy(() -> builder().proxyPort(80).build())
        .hasMessageStartingWith("setting 'proxyHost' is missing");
    assertThatThrownBy(() -> builder().proxyHost("proxy").build())
        .hasMessageStartingWith("setting 'proxyPort' is missing");
  }

  @Test
  void noSecretIsTold() {
    server.answer(
        ScriptedAnswer.status(401, "no " + SECRET + ", no token-of-mine, for /secret-path"));
    try (WebhookNotifier notifier =
        WebhookNotifier.builder()
            .url(server.uri("/secret-path").toString())
            .secret(SECRET)
            .headers("Authorization: Bearer token-of-mine")
            .build()) {

      assertThat(notifier).hasToString("webhook http://127.0.0.1:" + server.port() + "/…");
      assertThatThrownBy(() -> notifier.send(HttpSamples.fresh()))
          .hasMessage("127.0.0.1 answered 401: no …, no …, for /…");
    }
  }

  private WebhookNotifier.Builder builder() {
    return WebhookNotifier.builder().url(server.uri("/hook?key=1").toString());
  }

  private RecordedRequest sent(Notification notification) throws Exception {
    return sent(notification, builder());
  }

  private RecordedRequest sent(Notification notification, WebhookNotifier.Builder builder)
      throws Exception {
    try (WebhookNotifier notifier = builder.build()) {
      notifier.send(notification);
    }
    return server.onlyRequest();
  }
}
