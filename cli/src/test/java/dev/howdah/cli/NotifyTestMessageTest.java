package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.ScriptedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code howdah notify test}, against a server that records what it is sent. */
class NotifyTestMessageTest {

  private static final String SECRET = "hush-hush-42-hush-hush";

  @TempDir Path directory;
  private RecordingServer server;
  private String url;

  @BeforeEach
  void aReceiver() throws IOException {
    server = new RecordingServer();
    url = server.uri("/services/" + SECRET).toString();
    System.setProperty("howdah.test.url", url);
  }

  @AfterEach
  void close() {
    server.close();
    System.clearProperty("howdah.test.url");
  }

  private static Ran test(Object... words) {
    Object[] all = new Object[words.length + 2];
    all[0] = "notify";
    all[1] = "test";
    System.arraycopy(words, 0, all, 2, words.length);
    return Ran.howdah(all);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("config.xml"), text);
  }

  private static String logback(String elements) {
    return """
    <configuration>
      <property name="SLACK" value="${howdah.test.url}"/>
      <appender name="PG" class="dev.howdah.logback.PostgresAppender">
        <service>checkout</service> <environment>${NO_SUCH_VARIABLE:-staging}</environment>
        %s
      </appender>
    </configuration>
    """
        .formatted(elements);
  }

  private static String log4j2(String elements) {
    return """
    <Configuration>
      <Properties><Property name="slack">${sys:howdah.test.url}</Property></Properties>
      <Appenders>
        <Postgres name="PG" service="checkout" environment="${env:NO_SUCH_VARIABLE:-staging}">
          %s
        </Postgres>
      </Appenders>
    </Configuration>
    """
        .formatted(elements);
  }

  private void assertSent(Ran ran, String channel) {
    assertThat(ran.err()).isEmpty();
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).matches("channel '" + channel + "' has taken the message, in \\d+ ms\\R");
    assertThat(sent()).contains("checkout", "staging");
  }

  private String sent() {
    return server.onlyRequest().body();
  }

  @Test
  void aChannelOfLogbacksFileIsTried() throws IOException {
    Path file =
        file(
            logback(
                "<slack><webhookUrl>${SLACK}</webhookUrl></slack><email><every>5</every></email>"));

    assertSent(test("slack", "--config", file), "slack");
    assertThat(server.onlyRequest().target()).isEqualTo("/services/" + SECRET);
  }

  @Test
  void aChannelOfLog4j2sFileIsTried() throws IOException {
    Path file = file(log4j2("<Slack name='operators' webhookUrl='${slack}'/><Email every='5'/>"));

    assertSent(test("operators", "-c", file), "operators");
  }

  @Test
  void aChannelOfAStrictFileIsTried() throws IOException {
    Path file =
        file(
            "<Configuration strict='true'><Appender type='Postgres' service='checkout'"
                + " environment='staging'><Element type='Slack' webhookUrl='${howdah.test.url}'/>"
                + "</Appender></Configuration>");

    assertSent(test("slack", "-c", file), "slack");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<channel><kind>webhook</kind><setting><name>url</name><value>${SLACK}</value></setting>"
            + "</channel>",
        "<webhook><url>${SLACK}</url></webhook>"
      })
  void anyElementOfAChannelIsRead(String element) throws IOException {
    assertSent(test("webhook", "-c", file(logback(element))), "webhook");
  }

  @Test
  void aChannelIsMadeOfOptions() throws IOException {
    Path secret = Files.writeString(directory.resolve("url"), url + "\n");

    assertSent(
        test(
            "slack",
            "--set",
            "webhookUrl=@" + secret,
            "--service=checkout",
            "--environment=staging"),
        "slack");
  }

  @Test
  void aChannelOfOptionsHasAnyName() {
    assertSent(
        test(
            "operators",
            "--kind=pagerDuty",
            "--set=url=" + url,
            "--set=routingKey=0123456789abcdef0123456789abcdef",
            "--service=checkout",
            "--environment=staging"),
        "operators");
  }

  @Test
  void optionsChangeWhatTheFileSays() throws IOException {
    Path file = file(logback("<slack><webhookUrl>https://hooks.invalid/</webhookUrl></slack>"));

    assertSent(test("slack", "-c", file, "--set", "webhookUrl=" + url), "slack");
  }

  @Test
  void whatTheReceiverRefusesIsToldWithoutTheUrl() throws IOException {
    server.answerAlways(ScriptedAnswer.status(404, "no_service"));

    Ran ran =
        test("slack", "-c", file(logback("<slack><webhookUrl>${SLACK}</webhookUrl></slack>")));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("howdah notify test: channel 'slack': ")
        .contains("404", "no_service", "would not send the message again")
        .doesNotContain(SECRET);
  }

  @Test
  void aReceiverThatDoesNotAnswerIsTold() {
    server.answerAlways(ScriptedAnswer.hang());

    Ran ran = test("slack", "--set=webhookUrl=" + url, "--set=timeout=1 s");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("channel 'slack': ", "send the message again later");
  }

  @Test
  void aVariableWithoutAValueIsToldWithTheSetting() throws IOException {
    Path file = file(logback("<slack><webhookUrl>${NO_SUCH_VARIABLE}</webhookUrl></slack>"));

    Ran ran = test("slack", "-c", file);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains(
            "channel 'slack': setting 'webhookUrl' has the value '${NO_SUCH_VARIABLE}': the variable"
                + " in it has no value; it must be a URL");
  }

  @Test
  void aNameThatIsNotInTheFileIsToldWithThoseThatAre() throws IOException {
    Path file = file(log4j2("<Slack/><Webhook name='hook'/>"));

    assertThat(test("email", "-c", file).err())
        .contains("there is no channel 'email' in " + file + ": there are slack, hook");
    assertThat(test("email", "-c", file("<Configuration/>")).err()).endsWith("there are none\n");
  }

  @Test
  void aFileThatCanNotBeReadIsTold() throws IOException {
    assertThat(test("slack", "-c", directory.resolve("missing")).err())
        .contains("there is no file", "missing");
    assertThat(test("slack", "-c", file("log = 1")).err()).contains("is no XML");
    assertThat(
            test("slack", "-c", file("<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/passwd'>]><a>&b;</a>"))
                .err())
        .contains("is no XML", "DOCTYPE");
  }

  @Test
  void whereASecretIsMissingIsTold() {
    Ran ran = test("slack", "--set=webhookUrl=env:HOWDAH_NO_SUCH_VARIABLE");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains(
            "setting 'webhookUrl': there is no variable HOWDAH_NO_SUCH_VARIABLE in the environment");
  }

  @Test
  void mailNeedsNoFurtherJar() {
    Ran ran =
        test(
            "email",
            "--set=smtpHost=127.0.0.1",
            "--set=smtpPort=" + server.port(),
            "--set=security=none",
            "--set=timeout=1 s",
            "--set=fromEmail=alerts@acme.com",
            "--set=toEmails=team@acme.com");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("channel 'email': ", "again later").doesNotContain("angus");
  }
}
