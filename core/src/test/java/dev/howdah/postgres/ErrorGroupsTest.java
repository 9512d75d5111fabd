package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a team does with errors, and what happens to them by themselves, in SQL alone. */
@PostgresTest
@OneJdk
class ErrorGroupsTest {

  private static final long FIRST = 1;
  private static final long SECOND = 2;
  private static final int BUGS = 12;

  private final TestDatabase db;
  private final CountedBugs bugs;

  ErrorGroupsTest(TestDatabase db) {
    this.db = db;
    bugs = new CountedBugs(db);
  }

  @BeforeEach
  void install() throws SQLException {
    bugs.install();
    register(FIRST, "shop", "1.0", 60);
  }

  private void register(long instance, String service, @Nullable String release, int minutes) {
    bugs.register(instance, service, release, minutes);
  }

  private void happens(long instance, int group, int occurrences) {
    bugs.happens(instance, group, occurrences);
  }

  private List<@Nullable String> fold() {
    return bugs.fold();
  }

  private String issue(int group, String column) {
    return db.value(
        "SELECT %s FROM monitoring.issues WHERE fingerprint = 'bug-%d'".formatted(column, group));
  }

  private List<List<String>> history(int group) {
    return db.query(
        "SELECT changed_by, field, old_value, new_value FROM monitoring.error_group_history"
            + " WHERE group_id = "
            + group
            + " ORDER BY change_id");
  }

  private void call(String function) {
    assertThat(db.value("SELECT monitoring." + function)).as(function).isEqualTo("1");
  }

  private String refusal(String function) {
    return rootCause(catchThrowable(() -> db.value("SELECT monitoring." + function))).getMessage();
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }

  @Test
  void countsAreExactBeforeAndAfterTheyAreFolded() {
    happens(FIRST, 1, 3);
    happens(FIRST, 1, 4);
    happens(FIRST, 2, 1);

    assertThat(issue(1, "occurrences")).isEqualTo("7");
    assertThat(fold()).containsExactly("2", "0", "0", "f");
    happens(FIRST, 1, 5);
    assertThat(issue(1, "occurrences")).isEqualTo("12");
    assertThat(fold()).containsExactly("1", "0", "0", "f");
    assertThat(fold()).containsExactly("0", "0", "0", "f");

    assertThat(db.query("SELECT fingerprint, occurrences FROM monitoring.error_groups ORDER BY 1"))
        .containsExactly(List.of("bug-1", "12"), List.of("bug-2", "1"));
    assertThat(db.count("SELECT count(*) FROM monitoring.error_deltas")).isZero();
  }

  @Test
  void firstAndLastSeenComeWithTheirReleases() {
    register(SECOND, "shop", "1.1", 10);
    happens(SECOND, 1, 1);
    happens(FIRST, 1, 1);
    happens(SECOND, 1, 1);
    fold();

    assertThat(issue(1, "first_release || ' ' || last_release")).isEqualTo("1.1 1.1");
    assertThat(issue(1, "last_seen > first_seen")).isEqualTo("t");
    happens(FIRST, 1, 1);
    fold();
    assertThat(issue(1, "first_release || ' ' || last_release")).isEqualTo("1.1 1.0");
  }

  @Test
  void oneSessionFoldsAtATime() throws SQLException {
    happens(FIRST, 1, 1);
    try (Connection leader = db.connect()) {
      leader.setAutoCommit(false);
      leader.createStatement().execute("SELECT monitoring.fold_errors()");
      assertThat(fold()).containsExactly("0", "0", "0", "t");
      leader.rollback();
    }
    assertThat(fold()).containsExactly("1", "0", "0", "f");
  }

  @Test
  void whatWasResolvedAndComesBackIsARegressionOnce() {
    happens(FIRST, 1, 1);
    fold();
    call("resolve_error('bug-1', p_by => 'ann')");
    assertThat(issue(1, "status || ' ' || resolved_by")).isEqualTo("resolved ann");
    assertThat(fold()).containsExactly("0", "0", "0", "f");

    happens(FIRST, 1, 1);
    assertThat(fold()).containsExactly("1", "1", "0", "f");
    happens(FIRST, 1, 1);
    assertThat(fold()).containsExactly("1", "0", "0", "f");

    assertThat(issue(1, "status")).isEqualTo("unresolved");
    assertThat(issue(1, "resolved_at IS NULL AND resolved_by IS NULL AND regressed_at IS NOT NULL"))
        .isEqualTo("t");
    assertThat(history(1))
        .containsExactly(
            List.of("ann", "status", "unresolved", "resolved"),
            List.of("howdah", "status", "resolved", "unresolved"));
  }

  @Test
  void anOccurrenceFromBeforeTheResolveIsNone() {
    happens(FIRST, 1, 1);
    call("resolve_error('bug-1')");

    assertThat(fold()).containsExactly("1", "0", "0", "f");
    assertThat(issue(1, "status")).isEqualTo("resolved");
  }

  @Test
  void whatIsResolvedInAReleaseMayStillHappenInOlderOnes() {
    happens(FIRST, 1, 1);
    call("resolve_error('bug-1', p_in_release => '1.2')");
    happens(FIRST, 1, 1);
    register(SECOND, "shop", "1.1", 10);
    happens(SECOND, 1, 1);
    assertThat(fold()).containsExactly("1", "0", "0", "f");

    register(3, "shop", "1.2", 5);
    happens(FIRST, 1, 1);
    assertThat(fold()).as("an old instance goes on").containsExactly("1", "0", "0", "f");
    register(4, "shop", "1.10", 1);
    happens(4, 1, 1);
    assertThat(fold()).as("later than 1.2, by its start").containsExactly("1", "1", "0", "f");
  }

  @Test
  void whatIsResolvedInTheNextReleaseMayStillHappenInThisOne() {
    happens(FIRST, 1, 1);
    call("resolve_error('bug-1', p_in_next_release => true)");
    happens(FIRST, 1, 1);
    assertThat(fold()).containsExactly("1", "0", "0", "f");

    register(SECOND, "shop", "1.1", 0);
    happens(SECOND, 1, 1);
    assertThat(fold()).containsExactly("1", "1", "0", "f");
    assertThat(history(1))
        .extracting(change -> change.get(1) + " " + change.get(3))
        .containsExactly(
            "status resolved",
            "resolved_after_release 1.0",
            "status unresolved",
            "resolved_after_release null");
  }

  @Test
  void withoutReleasesThereIsNoNextOne() {
    register(SECOND, "batch", null, 1);
    happens(SECOND, 7, 1);

    assertThat(refusal("resolve_error('bug-7', p_in_next_release => true)"))
        .contains("no release of the service is known", "Set the setting release");
  }

  @Test
  void whatIsIgnoredStaysSo() {
    happens(FIRST, 1, 1);
    call("ignore_error('bug-1', p_by => 'bob')");
    happens(FIRST, 1, 1000);

    assertThat(fold()).containsExactly("1", "0", "0", "f");
    assertThat(issue(1, "status")).isEqualTo("ignored");
    assertThat(history(1)).containsExactly(List.of("bob", "status", "unresolved", "ignored"));
  }

  @Test
  void whatIsIgnoredUntilATimeSpeaksAgainThen() {
    happens(FIRST, 1, 1);
    call("ignore_error('bug-1', p_until => now() + interval '1 hour')");
    assertThat(fold()).containsExactly("1", "0", "0", "f");
    db.execute("UPDATE monitoring.error_groups SET ignored_until = now() - interval '1 second'");

    assertThat(fold()).containsExactly("0", "0", "1", "f");
    assertThat(issue(1, "status")).isEqualTo("unresolved");
    assertThat(issue(1, "ignored_until IS NULL")).isEqualTo("t");
  }

  @Test
  void whatIsIgnoredForSomeMoreOccurrencesSpeaksAgainAfterThem() {
    happens(FIRST, 1, 5);
    call("ignore_error('bug-1', p_occurrences => 10)");
    happens(FIRST, 1, 9);
    assertThat(fold()).containsExactly("1", "0", "0", "f");
    happens(FIRST, 1, 1);

    assertThat(fold()).containsExactly("1", "0", "1", "f");
  }

  @Test
  void whatIsIgnoredUntilAReleaseSpeaksAgainInIt() {
    happens(FIRST, 1, 1);
    call("ignore_error('bug-1', p_until_release => '1.1')");
    happens(FIRST, 1, 1);
    assertThat(fold()).containsExactly("1", "0", "0", "f");
    register(SECOND, "shop", "1.1", 0);
    happens(SECOND, 1, 1);

    assertThat(fold()).containsExactly("1", "0", "1", "f");
  }

  @Test
  void wrongInputIsNamed() {
    happens(FIRST, 1, 1);

    assertThat(refusal("ignore_error('bug-1', p_occurrences => 0)"))
        .contains("p_occurrences is 0: it must be 1 or more");
    assertThat(refusal("ignore_error('bug-1', p_until => '2020-01-01')"))
        .contains("it must be in the future");
    assertThat(refusal("resolve_error('bug-1', p_in_release => '2', p_in_next_release => true)"))
        .contains("not in both");
    assertThat(refusal("resolve_error('bug-9', 'shop')"))
        .contains("no error has the fingerprint 'bug-9' in service 'shop'");
    assertThat(history(1)).isEmpty();
  }

  @Test
  void theTeamsChangesAreRememberedHoweverTheyAreMade() {
    happens(FIRST, 1, 1);
    call("assign_error('bug-1', 'ann', p_by => 'bob')");
    db.execute(
        "SET howdah.actor = 'cat';"
            + " UPDATE monitoring.error_groups SET status = 'resolved' WHERE group_id = 1;"
            + " SELECT monitoring.reopen_error('bug-1')");
    db.execute("UPDATE monitoring.error_groups SET assignee = NULL WHERE group_id = 1");

    assertThat(history(1))
        .usingRecursiveComparison()
        .isEqualTo(
            List.of(
                Arrays.asList("bob", "assignee", null, "ann"),
                List.of("cat", "status", "unresolved", "resolved"),
                List.of("cat", "status", "resolved", "unresolved"),
                Arrays.asList(db.username(), "assignee", "ann", null)));
  }

  @Test
  void oneFingerprintInTwoServicesIsResolvedInBothOrInOne() {
    register(SECOND, "billing", "7", 1);
    happens(FIRST, 1, 1);
    db.execute(
        """
        INSERT INTO monitoring.error_groups (group_id, fingerprint, service, environment, first_seen, last_seen)
        VALUES (100, 'bug-1', 'billing', 'production', now(), now())
        """);

    assertThat(db.value("SELECT monitoring.resolve_error('bug-1')")).isEqualTo("2");
    assertThat(db.value("SELECT monitoring.reopen_error('bug-1', 'billing')")).isEqualTo("1");
    assertThat(
            db.query(
                "SELECT service, status FROM monitoring.issues WHERE fingerprint = 'bug-1' ORDER BY 1"))
        .containsExactly(List.of("billing", "unresolved"), List.of("shop", "resolved"));
  }

  @Test
  void whatIsMergedCountsSpeaksAndIsDecidedAsOne() {
    happens(FIRST, 1, 1);
    happens(FIRST, 2, 20);
    happens(FIRST, 3, 300);
    call("merge_errors('bug-2', 'bug-3')");
    assertThat(db.value("SELECT monitoring.merge_errors('bug-3', 'bug-1')"))
        .as("and with it what was merged into it")
        .isEqualTo("2");

    assertThat(db.query("SELECT fingerprint, occurrences, merged FROM monitoring.issues"))
        .containsExactly(List.of("bug-1", "321", "2"));
    call("resolve_error('bug-2')");
    happens(FIRST, 3, 1);
    assertThat(fold()).containsExactly("3", "1", "0", "f");
    assertThat(issue(1, "status || ' ' || occurrences")).isEqualTo("unresolved 322");

    call("unmerge_error('bug-3')");
    assertThat(db.query("SELECT fingerprint, occurrences FROM monitoring.issues ORDER BY 1"))
        .containsExactly(List.of("bug-1", "21"), List.of("bug-3", "301"));
  }

  @Test
  void whatIsMergedHasTheFirstAndTheLastReleaseOfAll() {
    happens(FIRST, 1, 1);
    register(SECOND, "shop", "2.0", 1);
    happens(SECOND, 2, 1);
    fold();
    call("merge_errors('bug-1', 'bug-2')");

    assertThat(db.query("SELECT fingerprint, first_release, last_release FROM monitoring.issues"))
        .containsExactly(List.of("bug-2", "1.0", "2.0"));
  }

  @Test
  void anErrorShowsTheIssueItBelongsTo() {
    happens(FIRST, 1, 1);
    happens(FIRST, 2, 1);
    db.execute(
        """
        INSERT INTO monitoring.error_occurrences (occurred_at, instance_id, seq, group_id, message, weight, capture_id)
        VALUES (now(), 1, 10, 2, 'one', 1, NULL),
               (now(), 1, 11, 2, 'two', 8, '0f0e0d0c-0b0a-0908-0706-050403020100')
        """);
    call("merge_errors('bug-2', 'bug-1')");
    call("resolve_error('bug-1')");

    assertThat(
            db.query(
                "SELECT id, fingerprint, status, weight, resolved_at IS NOT NULL FROM monitoring.errors ORDER BY message"))
        .containsExactly(
            List.of("1-a", "bug-1", "resolved", "1", "t"),
            List.of("0f0e0d0c-0b0a-0908-0706-050403020100", "bug-1", "resolved", "8", "t"));
  }

  @Test
  void releasesAreInTheOrderOfTheirFirstStart() {
    register(SECOND, "shop", "0.9", 600);
    register(3, "shop", "1.0", 90);

    assertThat(db.query("SELECT release FROM monitoring.releases ORDER BY first_seen"))
        .containsExactly(List.of("0.9"), List.of("1.0"));
    assertThat(
            db.query(
                "SELECT monitoring.is_release_from('shop', '1.0', '0.9'), monitoring.is_release_from('shop', '0.9', '1.0'),"
                    + " monitoring.is_release_from('shop', '1.0', '1.0'), monitoring.is_release_from('shop', '1.0', '2.0')"))
        .containsExactly(List.of("t", "f", "t", "f"));
  }

  /** Whoever writes, folds, decides and merges at once: no count is lost, nobody is in the way. */
  @Test
  void countsAreExactWhoeverIsAtWork() throws Exception {
    int writers = 8;
    int rounds = 150;
    db.execute("ALTER DATABASE " + db.name() + " SET deadlock_timeout = '100ms'");
    ExecutorService threads = Executors.newFixedThreadPool(writers + 2);
    try {
      List<Future<?>> work = new ArrayList<>();
      AtomicBoolean done = new AtomicBoolean();
      for (int i = 0; i < writers; i++) {
        long instance = 100L + i;
        work.add(threads.submit(() -> write(instance, rounds)));
      }
      Future<?> team = threads.submit(() -> decide(done));
      Future<?> leader = threads.submit(() -> foldUntil(done));
      for (Future<?> each : work) {
        each.get();
      }
      done.set(true);
      team.get();
      leader.get();
    } finally {
      threads.shutdownNow();
    }
    fold();

    assertThat(db.query("SELECT group_id, occurrences FROM monitoring.error_groups ORDER BY 1"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, BUGS)
                .mapToObj(bug -> List.of("" + bug, "" + writers * rounds * bug))
                .toList());
    assertThat(db.count("SELECT sum(occurrences) FROM monitoring.issues"))
        .isEqualTo((long) writers * rounds * BUGS * (BUGS + 1) / 2);
    assertThat(
            db.count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
        .isZero();
    assertThat(
            db.count(
                "SELECT count(*) FROM monitoring.error_groups g JOIN monitoring.error_groups r"
                    + " ON r.group_id = g.merged_into WHERE r.merged_into IS NOT NULL"))
        .as("one step leads to the root")
        .isZero();
  }

  /** In each transaction all bugs, in an order of its own: number n happens n times. */
  private @Nullable Void write(long instance, int rounds) throws SQLException {
    register(instance, "shop", "1." + instance, 1);
    Random random = new Random(instance);
    List<Integer> bugs = new ArrayList<>(IntStream.rangeClosed(1, BUGS).boxed().toList());
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < rounds; i++) {
        Collections.shuffle(bugs, random);
        statement.execute(CountedBugs.recordErrors(instance, bugs, id -> id));
        connection.commit();
      }
    }
    return null;
  }

  private @Nullable Void decide(AtomicBoolean done) throws SQLException {
    Random random = new Random(1);
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      while (!done.get()) {
        String one = "'bug-" + (1 + random.nextInt(BUGS)) + "'";
        String other = "'bug-" + (1 + random.nextInt(BUGS)) + "'";
        String call =
            switch (random.nextInt(5)) {
              case 0 -> "resolve_error(" + one + ")";
              case 1 -> "ignore_error(" + one + ", p_occurrences => 100)";
              case 2 -> "assign_error(" + one + ", 'ann')";
              case 3 -> "merge_errors(" + one + ", " + other + ")";
              default -> "unmerge_error(" + one + ")";
            };
        try {
          statement.execute("SELECT monitoring." + call);
        } catch (SQLException e) {
          assertThat(e.getSQLState()).as("not there yet").isEqualTo("HW002");
        }
      }
    }
    return null;
  }

  private @Nullable Void foldUntil(AtomicBoolean done) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      while (!done.get()) {
        statement.execute("SELECT monitoring.fold_errors()");
      }
    }
    return null;
  }
}
