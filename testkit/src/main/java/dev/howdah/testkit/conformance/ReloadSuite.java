package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The framework is configured anew while four threads log: what reached an appender, old or new, is
 * written once and in order or counted as lost, and of the old one nothing is left.
 */
public abstract class ReloadSuite extends ConformanceSuite {

  private static final int THREADS = 4;

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong calls = new AtomicLong();
  private volatile boolean logging = true;

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected ReloadSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  @AfterEach
  void stopLogging() throws InterruptedException {
    logging = false;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void newConfigurationsLoseAndDoubleNothing() throws Exception {
    HowdahThreads before = HowdahThreads.now();
    configureForRound(0);
    Session session = start();
    startLogging(session);
    for (int round = 1; round <= 3; round++) {
      awaitWritten1000More(session);
      configureForRound(round);
      session.reconfigure(settings);
      assertThat(session.isStarted()).isTrue();
      assertOldConnectionsEnd(round);
    }
    awaitWritten1000More(session);
    stopLogging();
    session.stop();

    assertThat(db.query("SELECT service FROM " + schema + ".instances ORDER BY started_at"))
        .containsExactly(
            List.of("round-0"), List.of("round-1"), List.of("round-2"), List.of("round-3"));
    assertNothingLostOrDoubled(session);
    before.assertNoOthersLeft();
  }

  private void configureForRound(int round) {
    settings.put("url", db.url() + "?ApplicationName=reload-" + round);
    settings.put("service", "round-" + round);
    // What a stop leaves to the journal is another suite's theme.
    settings.put("shutdownTimeout", "1 min");
  }

  private void startLogging(Session session) {
    for (int t = 0; t < THREADS; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; logging; i++) {
                  session.log(Level.INFO, Call.LOGGER, "event {}", i);
                  calls.incrementAndGet();
                  // Some ten thousand a second are enough.
                  LockSupport.parkNanos(1);
                }
              },
              "worker-" + t);
      threads.add(thread);
      thread.start();
    }
  }

  /** So that each appender has been at work. */
  private static void awaitWritten1000More(Session session) {
    long before = session.counts().written();
    await().atMost(Duration.ofSeconds(30)).until(() -> session.counts().written() >= before + 1000);
  }

  private void assertOldConnectionsEnd(int round) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                db.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND application_name LIKE 'reload-%' AND application_name <>"
                            + " 'reload-"
                            + round
                            + "'")
                    == 0);
  }

  private void assertNothingLostOrDoubled(Session session) {
    assertBalanced(session);
    Counts counts = session.counts();
    assertThat(counts.underWay()).isZero();
    String workers = " FROM " + logs() + " WHERE logger = '" + Call.LOGGER + "'";
    long rows = db.count("SELECT count(*)" + workers);
    assertThat(db.count("SELECT count(*) FROM (SELECT DISTINCT thread, message" + workers + ") d"))
        .isEqualTo(rows);
    long reached = rows + counts.dropped() + counts.rejected();
    if (differs(Difference.RELOAD_HAS_A_GAP)) {
      assertThat(reached).isLessThanOrEqualTo(calls.get());
    } else {
      assertThat(reached).isEqualTo(calls.get());
    }
    // Over all instances, in the order of their start: each thread's numbers only grow.
    assertThat(
            db.count(
                "SELECT count(*) FROM (SELECT split_part(l.message, ' ', 2)::int <= lag("
                    + "split_part(l.message, ' ', 2)::int) OVER (PARTITION BY l.thread"
                    + " ORDER BY i.started_at, l.seq) AS back FROM "
                    + logs()
                    + " l JOIN "
                    + schema
                    + ".instances i USING (instance_id)"
                    + " WHERE l.logger = '"
                    + Call.LOGGER
                    + "') o WHERE back"))
        .isZero();
  }
}
