package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of what people are told, and how often, in SQL alone. */
@PostgresTest
@OneJdk
class NotificationRulesTest {

  private static final long INSTANCE = 1;

  private final TestDatabase db;
  private final CountedBugs bugs;

  NotificationRulesTest(TestDatabase db) {
    this.db = db;
    bugs = new CountedBugs(db);
  }

  @BeforeEach
  void install() throws SQLException {
    bugs.install();
    bugs.register(INSTANCE, "shop", "1.0", 60);
  }

  /** A channel of the shop's with the defaults, and what is given instead. */
  private String channel(String name, String rules) {
    return register("shop", name, false, rules);
  }

  private String register(String service, String name, boolean followsUp, String rules) {
    return db.value(
        """
        SELECT monitoring.register_channel('%s', 'production', '%s', 'slack', %s,
          '{"notify_on": [1, 100, 200, 300], "every": 0, "regressions": true, "spike_factor": 10,
            "spike_floor": 50, "error_rate": 0, "level": "ERROR", "services": ["%s"],
            "environments": ["production"], "exception_types": [], "loggers": [],
            "time_zone": "UTC", "max_per_hour": 0, "give_up_after": "1 day"}'::jsonb
          || '{%s}')
        """
            .formatted(service, name, followsUp, service, rules));
  }

  private void happens(int bug, int occurrences) {
    bugs.happens(INSTANCE, bug, occurrences);
    bugs.fold();
  }

  private String call(String function) {
    return db.value("SELECT monitoring." + function);
  }

  /** Takes all that is due in hand and sends it; what it was, in order. */
  private List<String> send(String channel) {
    List<String> sent = new ArrayList<>();
    for (List<@Nullable String> row = claim(channel); row != null; row = claim(channel)) {
      call("notification_sent(%s, %s)".formatted(row.get(0), row.get(1)));
      sent.add(row.get(2) + (row.get(4) == null ? "" : " " + row.get(4)));
    }
    return sent;
  }

  /** Number, attempt, reason, dedupe key, fingerprint with threshold or total. */
  private @Nullable List<@Nullable String> claim(String channel) {
    List<List<@Nullable String>> rows =
        db.query(
            """
            SELECT notification_id, attempt, reason, dedupe_key,
                   coalesce((facts ->> 'fingerprint')
                     || coalesce(' ' || nullif(facts ->> 'threshold', '0'), ''), facts ->> 'total')
            FROM monitoring.claim_notification('%s', '1 minute')
            """
                .formatted(channel));
    return rows.isEmpty() ? null : rows.get(0);
  }

  private List<String> outcomes() {
    return db
        .query("SELECT reason, outcome FROM monitoring.notification_log ORDER BY log_id")
        .stream()
        .map(row -> row.get(0) + " " + row.get(1))
        .toList();
  }

  @Test
  void eachThresholdIsToldOnceHoweverTheCountCrossesIt() {
    String slack = channel("slack", "");
    happens(1, 1);
    assertThat(send(slack)).containsExactly("new bug-1 1");
    happens(1, 98);
    assertThat(send(slack)).isEmpty();
    happens(1, 1);
    assertThat(send(slack)).containsExactly("milestone bug-1 100");
    happens(1, 900);
    assertThat(send(slack)).containsExactly("milestone bug-1 200", "milestone bug-1 300");
    happens(1, 100_000);
    assertThat(send(slack)).isEmpty();
  }

  @Test
  void everySoManiethIsToldOnceForAllThatAStormCrosses() {
    String slack = channel("slack", "\"notify_on\": [1], \"every\": 1000");
    happens(1, 999);
    assertThat(send(slack)).containsExactly("new bug-1 1");
    happens(1, 1);
    assertThat(send(slack)).containsExactly("milestone bug-1 1000");
    happens(1, 50_500);
    assertThat(send(slack)).containsExactly("milestone bug-1 51000");
  }

  @Test
  void aBugsOwnThresholdsGoBeforeTheChannels() {
    String slack = channel("slack", "\"every\": 2");
    happens(1, 1);
    call("notify_on('bug-1', '{5, 7}')");
    assertThat(send(slack)).containsExactly("new bug-1 1");
    happens(1, 10);
    assertThat(send(slack)).containsExactly("milestone bug-1 5", "milestone bug-1 7");
    call("notify_on('bug-1', NULL)");
    happens(1, 1);
    assertThat(send(slack)).containsExactly("milestone bug-1 12");
  }

  @Test
  void aMergeTellsNothingTwice() {
    String slack = channel("slack", "");
    happens(1, 60);
    happens(2, 60);
    assertThat(send(slack)).containsExactly("new bug-1 1", "new bug-2 1");
    call("merge_errors('bug-2', 'bug-1')");
    happens(2, 1);
    assertThat(send(slack)).as("120 are over 100 already").isEmpty();
    happens(2, 80);
    assertThat(send(slack)).containsExactly("milestone bug-1 200");
    call("unmerge_error('bug-2')");
    happens(1, 140);
    assertThat(send(slack))
        .as("100 was never told, 200 was")
        .containsExactly("milestone bug-1 100");
  }

  @Test
  void whatComesBackIsTold() {
    String slack = channel("slack", "");
    String quiet = channel("quiet", "\"regressions\": false");
    happens(1, 1);
    call("resolve_error('bug-1')");
    happens(1, 1);
    call("resolve_error('bug-1')");
    happens(1, 1);
    assertThat(send(slack)).containsExactly("new bug-1 1", "regression bug-1", "regression bug-1");
    assertThat(send(quiet)).containsExactly("new bug-1 1");
  }

  @Test
  void whatIsIgnoredIsSilentUntilItSpeaksAgain() {
    String slack = channel("slack", "");
    happens(1, 1);
    happens(2, 1);
    call("ignore_error('bug-1', p_occurrences => 150)");
    assertThat(send(slack)).as("also what was not sent yet").containsExactly("new bug-2 1");
    happens(1, 149);
    assertThat(send(slack)).isEmpty();
    happens(1, 1);
    assertThat(send(slack)).containsExactly("awakened bug-1");
    assertThat(outcomes()).contains("new silenced");
  }

  @Test
  void aSpikeIsToldOnceAnHourAgainstTheBugsOwnWeek() {
    String slack = channel("slack", "");
    happens(1, 1);
    happens(2, 1);
    happens(3, 1);
    send(slack);
    db.execute(
        """
        UPDATE monitoring.error_groups SET first_seen = now() - interval '30 days'
        WHERE fingerprint <> 'bug-3';
        INSERT INTO monitoring.error_hours
        SELECT g.id, date_trunc('hour', now()) - n * interval '1 hour', g.hourly
        FROM (VALUES (1, 6), (2, 600)) AS g (id, hourly), generate_series(1, 168) AS n
        """);
    happens(1, 48);
    assertThat(send(slack)).as("49 in five minutes are below the floor").isEmpty();
    happens(2, 400);
    assertThat(send(slack))
        .as("401 are 4,812 an hour, not ten times 600")
        .containsExactly("milestone bug-2 100", "milestone bug-2 200", "milestone bug-2 300");
    happens(3, 80);
    assertThat(send(slack)).as("what is new has nothing usual").isEmpty();
    happens(1, 1);
    assertThat(send(slack))
        .as("50 are 600 an hour, a hundred times 6")
        .containsExactly("spike bug-1");
    happens(1, 30);
    assertThat(send(slack)).isEmpty();
    db.execute(
        "UPDATE monitoring.notification_log SET happened_at = happened_at - interval '61 minutes'");
    happens(1, 1);
    assertThat(send(slack)).containsExactly("spike bug-1");
  }

  @Test
  void mutedChannelsMissWhatHappensMeanwhile() {
    String slack = channel("slack", "");
    happens(1, 1);
    db.execute(
        "UPDATE monitoring.notification_channels SET muted_until = now() + interval '1 hour'");
    happens(2, 1);
    assertThat(send(slack)).isEmpty();
    channel("slack", "");
    assertThat(send(slack)).as("a start of the application takes no mute back").isEmpty();
    db.execute("UPDATE monitoring.notification_channels SET muted_until = NULL");
    happens(3, 1);
    assertThat(send(slack)).containsExactly("new bug-3 1");
    assertThat(outcomes()).containsExactly("new silenced", "new sent");
  }

  @Test
  void channelsChooseTheirErrors() {
    bugs.register(2, "billing", "1.0", 60);
    String own = channel("own", "");
    String all = channel("all", "\"services\": [\"*\"]");
    String some = channel("some", "\"services\": [\"bill*\", \"stock\"]");
    String fatal = channel("fatal", "\"level\": \"FATAL\"");
    String type = channel("type", "\"exception_types\": [\"java.lang.*\"]");
    String otherType = channel("other", "\"exception_types\": [\"java.lang\"]");
    String logger = channel("logger", "\"loggers\": [\"com.acme.Shop\"]");
    String test = channel("test", "\"environments\": [\"test\", \"\"]");
    bugs.happens(INSTANCE, 1, 1);
    bugs.happens(2, 2, 1);
    bugs.fold();

    assertThat(send(own)).containsExactly("new bug-1 1");
    assertThat(send(all)).containsExactly("new bug-1 1", "new bug-2 1");
    assertThat(send(some)).containsExactly("new bug-2 1");
    assertThat(send(fatal)).isEmpty();
    assertThat(send(type)).containsExactly("new bug-1 1");
    assertThat(send(otherType)).isEmpty();
    assertThat(send(logger)).containsExactly("new bug-1 1");
    assertThat(send(test)).isEmpty();
  }

  @Test
  void tooManyErrorsASecondAreToldOnceAnHour() {
    String slack = channel("slack", "\"notify_on\": [], \"error_rate\": 0.1");
    happens(1, 30);
    assertThat(send(slack)).as("30 in 300 s are 0.1, not more").isEmpty();
    happens(2, 1);
    assertThat(send(slack)).containsExactly("error_rate");
    happens(1, 1000);
    assertThat(send(slack)).isEmpty();
    db.execute(
        "UPDATE monitoring.notification_log SET happened_at = happened_at - interval '61 minutes'");
    happens(1, 1);
    assertThat(send(slack)).containsExactly("error_rate");
    call("ignore_error('bug-1')");
    db.execute(
        "UPDATE monitoring.notification_log SET happened_at = happened_at - interval '61 minutes'");
    happens(2, 1);
    assertThat(send(slack)).as("what is ignored does not count").isEmpty();
  }

  @Test
  void whatGoesBeyondTheHoursLimitIsOneDigest() {
    String slack = channel("slack", "\"max_per_hour\": 10");
    happens(1, 1);
    assertThat(send(slack)).containsExactly("new bug-1 1");
    db.execute(
        CountedBugs.recordErrors(
            INSTANCE, IntStream.rangeClosed(2, 1000).boxed().toList(), id -> id));
    bugs.fold();
    assertThat(send(slack)).as("held back").isEmpty();
    happens(1001, 1);
    assertThat(send(slack)).as("joins those held back").isEmpty();

    later("10 seconds");
    assertThat(send(slack)).containsExactly("digest " + held(1000));
    happens(1002, 1);
    assertThat(send(slack)).as("within the limit again").containsExactly("new bug-1002 1");
    assertThat(db.count("SELECT count(*) FROM monitoring.notification_log WHERE outcome = 'sent'"))
        .isEqualTo(3);
    assertThat(db.count("SELECT count(*) FROM monitoring.notification_outbox")).isZero();
  }

  /** Bugs 100 and up have crossed thresholds beside the first. */
  private static int held(int bugs) {
    return bugs + (1000 - 99) + (1000 - 199) + (1000 - 299);
  }

  /** As if that time had passed. */
  private void later(String time) {
    db.execute(
        """
        UPDATE monitoring.notification_outbox
        SET held_at = held_at - interval '%1$s',
            leased_until = leased_until - interval '%1$s',
            next_attempt_at = next_attempt_at - interval '%1$s',
            created_at = created_at - interval '%1$s';
        UPDATE monitoring.notification_channels
        SET digested_at = digested_at - interval '%1$s', seen_at = seen_at - interval '%1$s';
        UPDATE monitoring.notification_log SET happened_at = happened_at - interval '%1$s';
        """
            .formatted(time));
  }

  @Test
  void digestsComeOnceAnHourAndASingleOneGoesByItself() {
    String slack = channel("slack", "\"max_per_hour\": 1");
    db.execute(CountedBugs.recordErrors(INSTANCE, List.of(1, 2, 3), id -> 1));
    bugs.fold();
    send(slack);
    later("10 seconds");
    assertThat(send(slack)).containsExactly("digest 3");
    happens(4, 1);
    later("30 minutes");
    assertThat(send(slack)).isEmpty();
    later("31 minutes");
    assertThat(send(slack)).containsExactly("new bug-4 1");
  }

  @Test
  void quietHoursHoldBackAndEndInADigest() {
    String nightly = "\"quiet_from\": \"%s\", \"quiet_until\": \"%s\"";
    String from = clock("- interval '1 hour'");
    String until = clock("+ interval '1 hour'");
    String quiet = channel("quiet", nightly.formatted(from, until));
    String awake = channel("awake", nightly.formatted(until, from));
    db.execute(CountedBugs.recordErrors(INSTANCE, List.of(1, 2), id -> 1));
    bugs.fold();

    assertThat(send(quiet)).isEmpty();
    assertThat(send(awake)).containsExactly("new bug-1 1", "new bug-2 1");
    later("2 hours");
    assertThat(send(quiet)).as("for as long as the hours are quiet").isEmpty();
    channel("quiet", nightly.formatted(until, from));
    assertThat(send(quiet)).containsExactly("digest 2");
  }

  /** The time of day in UTC, more or less. */
  private String clock(String difference) {
    return db.value("SELECT to_char(now() AT TIME ZONE 'UTC' " + difference + ", 'HH24:MI')");
  }

  @Test
  void aLeaseKeepsOthersAwayUntilItEnds() {
    String slack = channel("slack", "");
    happens(1, 1);
    List<String> first = claim(slack);
    assertThat(first).startsWith("1", "1");
    assertThat(claim(slack)).isNull();
    later("61 seconds");
    List<String> second = claim(slack);
    assertThat(second.get(1)).as("attempt").isEqualTo("2");
    assertThat(second.get(3)).as("dedupe key").isEqualTo(first.get(3));

    assertThat(call("notification_failed(1, 1, 'late', '1 s')"))
        .as("the first has it in hand no more")
        .isEqualTo("f");
    call("notification_sent(1, 2)");
    call("notification_sent(1, 2)");
    assertThat(outcomes()).as("said again").containsExactly("new sent");
    call("notification_sent(1, 1)");
    assertThat(outcomes()).containsExactly("new sent", "new doubled");
  }

  @Test
  void twoSessionsNeverGetTheSameMessage() throws SQLException {
    String slack = channel("slack", "");
    db.execute(CountedBugs.recordErrors(INSTANCE, List.of(1, 2), id -> 1));
    bugs.fold();
    try (Connection other = db.connect()) {
      other.setAutoCommit(false);
      other
          .createStatement()
          .execute("SELECT monitoring.claim_notification('" + slack + "', '1 minute')");
      assertThat(claim(slack)).as("comes again later, and waits for nobody").isNull();
      other.commit();
    }
    assertThat(claim(slack).get(4)).isEqualTo("bug-2 1");
    assertThat(claim(slack)).isNull();
  }

  @Test
  void whatFailsIsTriedAgainInTimeAndGivenUpInTheEnd() {
    String slack = channel("slack", "");
    happens(1, 1);
    claim(slack);
    assertThat(call("notification_failed(1, 1, '500 from there', '5 s')")).isEqualTo("f");
    assertThat(claim(slack)).isNull();
    later("5 seconds");
    assertThat(claim(slack).get(1)).isEqualTo("2");
    assertThat(call("notification_failed(1, 2, 'come back in two days', '2 days')")).isEqualTo("t");
    happens(2, 1);
    claim(slack);
    assertThat(call("notification_failed(2, 1, '404', NULL)")).isEqualTo("t");
    assertThat(
            db.query(
                "SELECT outcome, detail, facts ->> 'fingerprint' FROM monitoring.notification_log"))
        .containsExactly(
            Arrays.asList("failed", "500 from there", null),
            List.of("dead", "come back in two days", "bug-1"),
            List.of("dead", "404", "bug-2"));

    call("resend_notification(2)");
    assertThat(send(slack)).containsExactly("new bug-2 1");
    assertThatThrownBy(() -> call("resend_notification(77)"))
        .hasStackTraceContaining("no message with the number 77 has been given up");
  }

  @Test
  void whatNobodySendsIsGivenUpAfterADay() {
    String slack = channel("slack", "");
    happens(1, 1);
    later("25 hours");
    happens(2, 1);
    assertThat(outcomes()).containsExactly("new dead");
    assertThat(db.value("SELECT detail FROM monitoring.notification_log"))
        .isEqualTo("no instance could send it in time");
    assertThat(send(slack)).as("no instance had it for a day").isEmpty();
    channel("slack", "");
    happens(3, 1);
    assertThat(send(slack)).containsExactly("new bug-3 1");
  }

  @Test
  void thoseWhoFollowUpHearInOrderWhatBecomesOfABug() {
    String pager = register("shop", "pager", true, "");
    String slack = channel("slack", "");
    happens(1, 1);
    happens(2, 1);
    db.execute(
        "DELETE FROM monitoring.notification_outbox WHERE facts ->> 'fingerprint' = 'bug-2'");
    call("assign_error('bug-1', 'ann')");
    call("assign_error('bug-2', 'ann')");
    db.execute(
        "UPDATE monitoring.error_groups SET status = 'resolved' WHERE fingerprint = 'bug-1'");

    List<String> trigger = claim(pager);
    assertThat(trigger.get(2)).isEqualTo("new");
    assertThat(claim(pager)).as("no resolve overtakes its trigger").isNull();
    call("notification_sent(%s, 1)".formatted(trigger.get(0)));
    assertThat(send(pager)).containsExactly("assigned bug-1", "resolved bug-1");
    assertThat(send(slack)).containsExactly("new bug-1 1");
  }

  @Test
  void aTestOfAChannelGoesWhateverTheHour() {
    String slack =
        channel("slack", "\"quiet_from\": \"00:00\", \"quiet_until\": \"23:59:59.999999\"");
    assertThat(call("test_channel('slack')")).isEqualTo("1");
    assertThat(send(slack)).containsExactly("test");
    assertThatThrownBy(() -> call("test_channel('teams', 'shop')"))
        .hasStackTraceContaining("no application has a channel 'teams' in service 'shop'");
  }

  @Test
  void aTimeZoneThatTheServerDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> channel("slack", "\"time_zone\": \"Mars/Olympus\""))
        .hasStackTraceContaining("time zone \"Mars/Olympus\" not recognized");
  }
}
