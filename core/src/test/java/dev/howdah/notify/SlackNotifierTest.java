package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.event.Level;
import dev.howdah.testkit.RecordedRequest;
import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.ScriptedAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SlackNotifierTest {

  private static final String PATH = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";

  private RecordingServer server;
  private SlackNotifier notifier;

  @BeforeEach
  void start() throws IOException {
    server = new RecordingServer();
    notifier = SlackNotifier.builder().webhookUrl(server.uri(PATH).toString()).build();
  }

  @AfterEach
  void stop() {
    notifier.close();
    server.close();
  }

  @Test
  void aBugLooksAsTheFileShows() throws Exception {
    Contract.assertShows("slack-issue.json", sent(HttpSamples.fresh()).body());
  }

  @Test
  void aBugOfWhichLittleIsKnownLooksAsTheFileShows() throws Exception {
    Contract.assertShows("slack-bare-issue.json", sent(HttpSamples.bare(Level.WARN)).body());
  }

  @Test
  void aDigestLooksAsTheFileShows() throws Exception {
    Contract.assertShows("slack-digest.json", sent(HttpSamples.digest(3)).body());
  }

  @Test
  void anErrorRateLooksAsTheFileShows() throws Exception {
    Contract.assertShows("slack-error-rate.json", sent(HttpSamples.errorRate()).body());
  }

  @Test
  void aTestLooksAsTheFileShows() throws Exception {
    Contract.assertShows("slack-test.json", sent(HttpSamples.test()).body());
  }

  @ParameterizedTest
  @MethodSource("dev.howdah.notify.HttpSamples#all")
  void whatIsSentObeysTheLimitsOfBlockKit(Notification notification) throws Exception {
    RecordedRequest request = sent(notification);

    Contract.of("slack.schema.json").assertKept(request.body());
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo(PATH);
    assertThat(request.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
  }

  @ParameterizedTest
  @MethodSource("dev.howdah.notify.HttpSamples#all")
  void nothingInAnErrorCallsLinksOrEndsItsCode(Notification notification) throws Exception {
    for (String text : markedUp(sent(notification))) {
      String withoutOwnLinks = text.replaceAll("<https://wiki\\.example\\.com/[^<>|]*\\|\\w+>", "");
      assertThat(withoutOwnLinks).doesNotContain("<", ">");
      assertThat(withoutOwnLinks.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
      assertThat(text.split(Pattern.quote("```"), -1).length).isIn(1, 3);
      assertThat(text).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u202e\u2066]");
    }
  }

  @Test
  void outsideOfCodeNothingFormats() throws Exception {
    for (String text : markedUp(sent(HttpSamples.hostile()))) {
      String outside = text.replaceAll("(?s)```.*```", "").replaceAll("`[^`]*`", "");
      String ownBold = outside.replaceAll("^\\*([^*]*)\\*\n", "$1");

      assertThat(ownBold).doesNotContain("*", "~", "`", "@", "[click]").doesNotContain("_i_");
    }
  }

  @Test
  void anUnderscoreWithinAWordStays() {
    assertThat(Mrkdwn.plain("NO_SUCH_KEY _i_ snake_", 100)).isEqualTo("NO_SUCH_KEY ＿i＿ snake＿");
  }

  @Test
  void anEscapeIsNeverCut() {
    for (int max = 3; max < 30; max++) {
      assertThat(Mrkdwn.code("&<>&<>&<>", max))
          .hasSizeLessThanOrEqualTo(max)
          .matches("`(&amp;|&lt;|&gt;)*…?`");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_blocks, true",
    "403, action_prohibited, true",
    "404, no_service, true",
    "410, channel_is_archived, true",
    "500, rollup_error, false",
  })
  void whatSlackAnswersIsTold(int status, String text, boolean permanent) {
    server.answer(ScriptedAnswer.status(status, text));

    NotificationException e = failure();

    assertThat(e).hasMessage("127.0.0.1 answered " + status + ": " + text);
    assertThat(e.isPermanent()).isEqualTo(permanent);
  }

  @Test
  void theUrlIsNotTold() {
    server.answer(ScriptedAnswer.status(404, "nothing at " + server.uri(PATH)));

    assertThat(failure().getMessage()).doesNotContain("T00000000", "XXXX");
    assertThat(notifier).hasToString("slack http://127.0.0.1:" + server.port() + "/…");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SlackNotifier.builder().webhookUrl("hooks.slack.com" + PATH).build())
        .withMessage(
            "setting 'webhookUrl' has the value '…': it must be an http or https URL with a host");
  }

  private RecordedRequest sent(Notification notification) throws Exception {
    notifier.send(notification);
    return server.onlyRequest();
  }

  private NotificationException failure() {
    return catchThrowableOfType(
        NotificationException.class, () -> notifier.send(HttpSamples.fresh()));
  }

  /** All texts that Slack reads as mrkdwn: the fallback, and those of blocks that say so. */
  private static List<String> markedUp(RecordedRequest request) {
    JsonNode message = Contract.json(request.body());
    List<String> texts =
        new ArrayList<>(
            message.findParents("type").stream()
                .filter(text -> text.get("type").asString().equals("mrkdwn"))
                .map(text -> text.get("text").asString())
                .toList());
    texts.add(message.get("text").asString());
    return texts;
  }
}
