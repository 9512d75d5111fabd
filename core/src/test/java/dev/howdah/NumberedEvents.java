package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.PipelineListener;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Howdah that logs the events "event 1", "event 2" and so on, and remembers what it was told: to
 * see afterwards that each is in the database once.
 */
final class NumberedEvents implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Howdah howdah;
  private int logged;

  /**
   * Starts it.
   *
   * @param directory for what the database refuses
   * @param settings beside those that make it try again soon; the url is a must
   */
  NumberedEvents(Path directory, Map<String, String> settings) {
    this(directory, settings, () -> true);
  }

  /** With a logging framework that may not be ready yet. */
  NumberedEvents(Path directory, Map<String, String> settings, BooleanSupplier ready) {
    HowdahConfig.Builder config =
        HowdahConfig.builder()
            .set("directory", directory.toString())
            .set("flushInterval", "5 ms")
            .set("retryMin", "10 ms")
            .set("retryMax", "100 ms")
            .set("connectionTimeout", "500 ms")
            .set("onFull", "block")
            .set("onFullTimeout", "1 min")
            .set("shutdownTimeout", "1 s");
    settings.forEach(config::set);
    howdah = Howdah.start(config.build(), new Remembering(), ready);
  }

  /** The settings that lead to a database as its superuser. */
  static Map<String, String> to(TestDatabase db) {
    return Map.of("url", db.url(), "username", db.username(), "password", db.password());
  }

  /** Logs the next event, which is accepted. */
  void log() {
    assertThat(offer()).isTrue();
  }

  /** Logs the next events, which need not be accepted. */
  void offer(int events) {
    for (int i = 0; i < events; i++) {
      offer();
    }
  }

  private boolean offer() {
    EventPipeline pipeline = howdah.pipeline();
    long sequence = pipeline.claim(Level.INFO, 100);
    if (sequence == EventPipeline.REFUSED) {
      return false;
    }
    LogEventSlot slot = pipeline.slot(sequence);
    slot.head(Level.INFO, System.currentTimeMillis() * 1000, "test", "main");
    slot.message("event " + ++logged, null);
    slot.filled();
    pipeline.publish(sequence);
    return true;
  }

  /** Logs the next events. */
  void log(int events) {
    for (int i = 0; i < events; i++) {
      log();
    }
  }

  /** Logs one event and waits until it is in the database: from now on there is a connection. */
  void logAndAwait() {
    log();
    awaitWritten();
  }

  /** Waits until nothing is pending. */
  void awaitWritten() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(stats().written()).as("told: %s", problems).isEqualTo(logged);
              // A batch is counted as written just before it leaves the queue.
              assertThat(stats().pending()).isZero();
            });
  }

  /** Waits until one problem was told that has all these words in it. */
  void awaitTold(String... words) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(problems).anySatisfy(told -> assertThat(told).contains(words)));
  }

  /** Waits until nothing is pending, and looks for each event. */
  void assertEachIsThereOnce(TestDatabase db) {
    awaitWritten();
    assertThat(
            db.query(
                "SELECT count(*), count(DISTINCT message), count(DISTINCT seq), count(logger)"
                    + " FROM monitoring.logs WHERE message ~ '^event [0-9]+$'"))
        .containsExactly(List.of("" + logged, "" + logged, "" + logged, "" + logged));
    assertThat(stats().dropped() + stats().rejected() + stats().pending()).isZero();
  }

  /** Waits until nothing is under way, a report of losses included: what was not lost is there. */
  void assertBalanced(TestDatabase db) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              PipelineStats stats = stats();
              assertThat(stats.pending() + stats.journaled()).isZero();
              assertThat(stats.written() + stats.dropped() + stats.rejected())
                  .isEqualTo(stats.logged());
              assertThat(
                      db.query(
                          "SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT instance_id, seq"
                              + " FROM monitoring.log_events) d) FROM monitoring.log_events"))
                  .containsExactly(List.of("" + stats.written(), "" + stats.written()));
            });
  }

  /** Ends the sessions of all who log into that database, as an administrator may. */
  static void terminateSessions(TestDatabase db) {
    db.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            + " WHERE application_name = 'howdah' AND datname = current_database()");
  }

  PipelineStats stats() {
    return howdah.stats();
  }

  /** {@return what was told so far} */
  List<String> problems() {
    return problems;
  }

  @Override
  public void close() {
    howdah.close();
  }

  private final class Remembering implements PipelineListener {
    @Override
    public void problem(String message, @Nullable Throwable cause) {
      problems.add(message);
    }
  }
}
