package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the suites have in common: each test has a schema of its own, and settings that keep tests
 * apart and quick. Sessions end with their test.
 */
public abstract class ConformanceSuite {

  final Driver driver;
  final TestDatabase db;
  final String schema = TestDatabase.newSchemaName();

  /** Of the next session; a test changes them before {@link #start()}. */
  final Map<String, String> settings = new LinkedHashMap<>();

  @TempDir Path directory;
  private final Deque<Session> sessions = new ArrayDeque<>();

  /**
   * Package-private: the themes are this package's.
   *
   * @param driver the framework
   * @param db where the tests' schemas are made
   */
  ConformanceSuite(Driver driver, TestDatabase db) {
    this.driver = driver;
    this.db = db;
  }

  @BeforeEach
  final void fillSettings() {
    settings.putAll(connection(db));
    settings.put("schema", schema);
    settings.put("service", "test");
    settings.put("directory", directory.toString());
    settings.put("shutdownHook", "false");
    // Tests count what a stop has written: on a busy machine that takes longer than by default.
    settings.put("shutdownTimeout", "30 s");
    settings.put("retryMin", "20 ms");
    settings.put("retryMax", "100 ms");
  }

  @AfterEach
  final void closeSessions() {
    while (!sessions.isEmpty()) {
      sessions.pop().close();
    }
  }

  /** Where the database is, and as whom to come. */
  static Map<String, String> connection(TestDatabase db) {
    // Where no password is asked for, any will do: none at all would be looked up elsewhere.
    String password = db.password().isEmpty() ? "none" : db.password();
    return Map.of("url", db.url(), "username", db.username(), "password", password);
  }

  /** Starts a session with the settings as they are now. */
  Session start() {
    return start(settings);
  }

  Session start(Map<String, String> settings) {
    Session session = driver.start(Collections.unmodifiableMap(new LinkedHashMap<>(settings)));
    sessions.push(session);
    return session;
  }

  Session start(List<Channel> channels) {
    Session session = driver.start(Map.copyOf(settings), channels);
    sessions.push(session);
    return session;
  }

  /** Whether this framework differs; the reason is for the reader of {@link Driver}. */
  boolean differs(Difference difference) {
    return driver.differences().containsKey(difference);
  }

  /** The label under which a call of this level is stored. */
  String stored(Level level) {
    return level == Level.FATAL && differs(Difference.NO_FATAL) ? "ERROR" : level.name();
  }

  /** The view, with this test's schema. */
  String logs() {
    return schema + ".logs";
  }

  /** Threads named worker-0 and so on, until they have ended. */
  static void onThreads(int count, IntConsumer work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      int number = t;
      Thread thread = new Thread(() -> work.accept(number), "worker-" + t);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  static void awaitWritten(Session session, long events) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> session.counts().written(), written -> written == events);
  }

  static void awaitDrained(Session session) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> session.counts().underWay() == 0);
  }

  /** The ledger holds, by the counters and by SQL alike. */
  void assertBalanced(Session session) {
    Counts counts = session.counts();
    assertThat(counts.written() + counts.dropped() + counts.rejected() + counts.underWay())
        .as(counts.toString())
        .isEqualTo(counts.logged());
    assertThat(counts.losses().values().stream().mapToLong(Long::longValue).sum())
        .as(counts.toString())
        .isEqualTo(counts.dropped() + counts.rejected());
    String events = schema + ".log_events";
    // Counted by hashing: count(DISTINCT …) would sort a million rows.
    assertThat(
            db.query(
                "SELECT (SELECT count(*) FROM "
                    + events
                    + "), (SELECT count(*) FROM (SELECT DISTINCT instance_id, seq FROM "
                    + events
                    + ") d)"))
        .as("rows, and distinct ones")
        .containsExactly(List.of("" + counts.written(), "" + counts.written()));
  }
}
