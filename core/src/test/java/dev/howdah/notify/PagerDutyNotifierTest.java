package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.event.Level;
import dev.howdah.testkit.RecordedRequest;
import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.ScriptedAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PagerDutyNotifierTest {

  private static final String KEY = "R0123456789abcdefghijklmnopqrstu";
  private static final String GROUP = "howdah-group-1234567890123456789";

  private RecordingServer server;
  private PagerDutyNotifier notifier;

  @BeforeEach
  void start() throws IOException {
    server = new RecordingServer();
    server.answerAlways(
        ScriptedAnswer.status(202, "{\"status\":\"success\",\"message\":\"Event processed\"}"));
    notifier =
        PagerDutyNotifier.builder()
            .routingKey(KEY)
            .url(server.uri("/v2/enqueue").toString())
            .build();
  }

  @AfterEach
  void stop() {
    notifier.close();
    server.close();
  }

  @Test
  void aBugTriggersAsTheFileShows() throws Exception {
    Contract.assertShows("pagerduty-trigger.json", sent(HttpSamples.fresh()).body());
  }

  @Test
  void anAssignedBugIsAcknowledgedAsTheFileShows() throws Exception {
    assertThat(notifier.followsUp()).isTrue();

    Contract.assertShows(
        "pagerduty-acknowledge.json", sent(HttpSamples.again(Reason.ASSIGNED)).body());
  }

  @Test
  void aResolvedBugIsResolvedAsTheFileShows() throws Exception {
    Contract.assertShows("pagerduty-resolve.json", sent(HttpSamples.again(Reason.RESOLVED)).body());
  }

  @ParameterizedTest
  @MethodSource("dev.howdah.notify.HttpSamples#all")
  void whatIsSentObeysTheSchemaOfTheEventsApi(Notification notification) throws Exception {
    RecordedRequest request = sent(notification);

    Contract.of("pagerduty.schema.json").assertKept(request.body());
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.body().length()).as("limit of the API: 512 KB").isLessThan(512_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"NEW", "MILESTONE", "REGRESSION", "SPIKE", "AWAKENED"})
  void whateverTheReasonABugIsOneIncident(Reason reason) throws Exception {
    JsonNode event = event(HttpSamples.again(reason));

    assertThat(event.get("event_action").asString()).isEqualTo("trigger");
    assertThat(event.get("dedup_key").asString()).isEqualTo(GROUP);
  }

  @Test
  void aServiceWhoseErrorRateIsTooHighIsOneIncident() throws Exception {
    notifier.send(HttpSamples.errorRate());
    notifier.send(
        new Notification(
            "later",
            Reason.ERROR_RATE,
            new ErrorRate("checkout", "production", 9, 0.1, List.of()),
            HttpSamples.NOW));
    notifier.send(
        new Notification(
            "elsewhere",
            Reason.ERROR_RATE,
            new ErrorRate("checkout", "staging", 9, 0.1, List.of()),
            HttpSamples.NOW));

    List<String> keys =
        server.requests().stream()
            .map(request -> Contract.json(request.body()).get("dedup_key").asString())
            .toList();
    assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
  }

  @ParameterizedTest
  @CsvSource({"FATAL, critical", "ERROR, error", "WARN, warning", "INFO, info", "TRACE, info"})
  void severityFollowsTheLevel(Level level, String severity) throws Exception {
    JsonNode payload = event(HttpSamples.bare(level)).get("payload");

    assertThat(payload.get("severity").asString()).isEqualTo(severity);
    assertThat(payload.get("source").asString()).as("no host is known").isEqualTo("checkout");
  }

  @Test
  void aTestAndADigestHaveIncidentsOfTheirOwnThatWakeNobody() throws Exception {
    for (Notification notification : List.of(HttpSamples.test(), HttpSamples.digest(3))) {
      notifier.send(notification);

      JsonNode event = Contract.json(server.requests().get(server.requests().size() - 1).body());
      assertThat(event.get("dedup_key").asString()).isEqualTo("howdah-" + notification.dedupeKey());
      assertThat(event.get("payload").get("severity").asString()).isEqualTo("info");
    }
  }

  @Test
  void aRefusalTellsWhatPagerDutyLists() {
    server.answer(
        ScriptedAnswer.status(
            400,
            """
            {"status": "invalid event", "message": "Event object is invalid",
             "errors": ["Length of 'routing_key' is incorrect (should be 32 characters)"]}
            """));

    NotificationException e = failure();

    assertThat(e.isPermanent()).isTrue();
    assertThat(e)
        .hasMessage(
            "127.0.0.1 answered 400: Event object is invalid; Length of 'routing_key' is incorrect"
                + " (should be 32 characters)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>busy", "[1]", "\"busy\"", "{\"errors\": 7}", "{"})
  void whatElseComesFromThereIsToldAsItIs(String text) {
    server.answer(ScriptedAnswer.status(400, text));

    assertThat(failure())
        .hasMessage("127.0.0.1 answered 400" + (text.isEmpty() ? "" : ": " + text));
  }

  @Test
  void anAnswerOfTooManyIsWorthAnotherAttempt() {
    server.answer(
        ScriptedAnswer.status(429, "slow down"),
        ScriptedAnswer.status(429).with("Retry-After", "30"));

    NotificationException first = failure();
    NotificationException second = failure();

    assertThat(first.isPermanent()).isFalse();
    assertThat(first.retryAfter()).isNull();
    assertThat(second.retryAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "0123, '…'",
    "R0123456789abcdefghijklmnopqrstuv, '…'",
    "R0123456789abcdefghijklmnopqrst-, '…'",
    "${PD_KEY}, '${PD_KEY}'",
  })
  void aWrongKeyIsToldButNotShown(String key, String shown) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PagerDutyNotifier.builder().routingKey(key).build())
        .withMessage(
            "setting 'routingKey' has the value '"
                + shown
                + "': it must be the 32 letters and digits of an integration key of the Events API"
                + " v2");
  }

  @Test
  void aMissingKeyIsTold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PagerDutyNotifier.builder().build())
        .withMessageStartingWith("setting 'routingKey' is missing: it must be");
  }

  @Test
  void theKeyIsNotTold() {
    server.answer(ScriptedAnswer.status(403, "unknown key " + KEY));

    assertThat(failure()).hasMessage("127.0.0.1 answered 403: unknown key …");
    assertThat(notifier.toString()).doesNotContain(KEY);
    assertThat(PagerDutyNotifier.builder().routingKey(KEY).build())
        .hasToString("pagerduty https://events.pagerduty.com/…");
  }

  private JsonNode event(Notification notification) throws Exception {
    return Contract.json(sent(notification).body());
  }

  private RecordedRequest sent(Notification notification) throws Exception {
    notifier.send(notification);
    return server.onlyRequest();
  }

  private NotificationException failure() {
    return catchThrowableOfType(
        NotificationException.class, () -> notifier.send(HttpSamples.fresh()));
  }
}
