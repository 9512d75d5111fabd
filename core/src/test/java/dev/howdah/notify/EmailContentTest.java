package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mail says once it has arrived, and that no error's text makes it say more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmailContentTest {

  private static final Set<String> HEADERS =
      new TreeSet<>(
          Set.of(
              "Auto-Submitted",
              "Content-Type",
              "Date",
              "From",
              "MIME-Version",
              "Message-ID",
              "Subject",
              "To",
              "X-Auto-Response-Suppress",
              "X-Howdah-Reason"));

  private static final Set<String> HEADERS_OF_A_THREAD = Set.of("In-Reply-To", "References");

  /** Elements that load nothing and run nothing. */
  private static final Set<String> HARMLESS_ELEMENTS =
      Set.of(
          "!doctype",
          "html",
          "head",
          "meta",
          "title",
          "body",
          "h1",
          "h2",
          "p",
          "pre",
          "table",
          "tr",
          "th",
          "td",
          "a");

  private final SmtpsMailbox mailbox = new SmtpsMailbox();

  @AfterAll
  void stop() {
    mailbox.close();
  }

  @Test
  void aMailIsAsItStandsInItsFile() throws Exception {
    Golden.assertMatches("full.eml", sent(SampleNotifications.full()).source());
  }

  static List<Sample> samples() {
    return List.of(
        new Sample("full", SampleNotifications.full()),
        new Sample("milestone", SampleNotifications.milestone()),
        new Sample("sparse", SampleNotifications.sparse()),
        new Sample("error-rate", SampleNotifications.errorRate()),
        new Sample("digest", SampleNotifications.digest()),
        new Sample("trial", SampleNotifications.trial()),
        new Sample("hostile", SampleNotifications.hostile()),
        new Sample("hostile-digest", SampleNotifications.hostileDigest()));
  }

  record Sample(String name, Notification notification) {}

  @ParameterizedTest
  @MethodSource("samples")
  void bothFormsAreAsTheyStandInTheirFiles(Sample sample) throws Exception {
    ArrivedMail mail = sent(sample.notification());

    Golden.assertMatches(
        sample.name() + ".txt", "Subject: " + mail.subject() + "\n\n" + mail.text());
    Golden.assertMatches(sample.name() + ".html", mail.html());
  }

  @Test
  void noTextAddsAHeader() throws Exception {
    ArrivedMail mail = sent(SampleNotifications.hostile());

    Set<String> expected = new TreeSet<>(HEADERS);
    expected.addAll(HEADERS_OF_A_THREAD);
    expected.add("X-Howdah-Fingerprint");
    assertThat(mail.headerNames()).isEqualTo(expected);
    assertThat(mail.header("X-Howdah-Fingerprint")).startsWith("=?UTF-8?");
    assertThat(mail.header("To")).isEqualTo("team@example.com");
  }

  @Test
  void aSubjectThatLooksEncodedIsNotDecoded() throws Exception {
    EmailNotifier.Builder sender =
        mailbox.sender().subject(MessageTemplate.of("=?UTF-8?B?DQpCY2M6IHg=?="));

    assertThat(sent(sender, SampleNotifications.full()).header("Subject"))
        .isEqualTo("= ?UTF-8?B?DQpCY2M6IHg= ?=");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noTextBecomesMarkup(Sample sample) throws Exception {
    String html = sent(sample.notification()).html();

    assertThat(
            Pattern.compile("<[/]?([^\\s>]*)")
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .map(tag -> tag.replaceAll("[</]", "").toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet()))
        .isSubsetOf(HARMLESS_ELEMENTS);
    assertThat(html).doesNotContain("href=\"javascript");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void nothingSteersATerminalOrTurnsTheText(Sample sample) throws Exception {
    ArrivedMail mail = sent(sample.notification());

    assertThat(mail.subject() + mail.text() + mail.html())
        .doesNotContainPattern("[\\p{Cc}\u202A-\u202E\u2066-\u2069&&[^\n]]");
  }

  @Test
  void aTextOfAMillionCharactersStaysASmallMail() throws Exception {
    ArrivedMail mail = sent(SampleNotifications.huge());

    assertThat(mail.size()).isLessThan(500_000);
    assertThat(mail.subject()).hasSize(200).endsWith("…");
    assertThat(mail.text()).contains("…\n");
  }

  @Test
  void allMailsOfOneBugReferToTheSameRoot() throws Exception {
    ArrivedMail first = sent(SampleNotifications.full());
    ArrivedMail second = sent(SampleNotifications.milestone());
    ArrivedMail ofAnother = sent(SampleNotifications.sparse());

    assertThat(second.header("References")).isEqualTo(first.header("References"));
    assertThat(second.header("In-Reply-To")).isEqualTo(first.header("References"));
    assertThat(second.header("Message-ID")).isNotEqualTo(first.header("Message-ID"));
    assertThat(ofAnother.header("References")).isNotEqualTo(first.header("References"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aMailThatIsSentAgainHasTheSameId(Sample sample) throws Exception {
    ArrivedMail first = sent(sample.notification());
    ArrivedMail again = sent(sample.notification());

    assertThat(again.header("Message-ID"))
        .isEqualTo(first.header("Message-ID"))
        .matches("<howdah-message-[0-9a-f-]{36}@example\\.com>");
  }

  @Test
  void whatIsAboutNoSingleBugStandsAlone() throws Exception {
    assertThat(sent(SampleNotifications.digest()).headerNames()).isEqualTo(HEADERS);
    assertThat(sent(SampleNotifications.trial()).headerNames()).isEqualTo(HEADERS);
  }

  @Test
  void theDateIsThatOfTheReasonNotOfTheAttempt() throws Exception {
    assertThat(sent(SampleNotifications.full()).message().getSentDate().toInstant())
        .isEqualTo(Instant.parse("2026-11-28T06:00:02Z"));
  }

  @Test
  void namesAndAnswersAreAsConfigured() throws Exception {
    EmailNotifier.Builder sender =
        mailbox
            .sender()
            .fromEmail("Jürgens Wächter <alerts@example.com>")
            .replyTo("on-call@example.com")
            .subject(MessageTemplate.of("{title} in {service}, ärgerlich"));

    ArrivedMail mail = sent(sender, SampleNotifications.full());

    assertThat(mail.header("From"))
        .isEqualTo("=?UTF-8?Q?J=C3=BCrgens_W=C3=A4chter?= <alerts@example.com>");
    assertThat(mail.header("Reply-To")).isEqualTo("on-call@example.com");
    assertThat(mail.subject()).isEqualTo("NullPointerException: boom in checkout, ärgerlich");
  }

  private ArrivedMail sent(Notification notification) throws Exception {
    return sent(mailbox.sender(), notification);
  }

  private ArrivedMail sent(EmailNotifier.Builder sender, Notification notification)
      throws Exception {
    try (EmailNotifier notifier = sender.build()) {
      notifier.send(notification);
    }
    return new ArrivedMail(mailbox.newest());
  }
}
