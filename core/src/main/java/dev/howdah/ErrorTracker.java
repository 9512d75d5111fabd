package dev.howdah;

import dev.howdah.event.ContextValue;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ThrowableInfo;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.Notifier;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.postgres.ErrorGroups;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tracks errors without a logging framework, and lets a program decide what becomes of them. What
 * is captured goes the same way as a logged error: it waits for nothing, survives an outage in the
 * journal, is counted exactly and grouped by its fingerprint. Each is a line in {@code logs} too,
 * with the logger {@value #LOGGER}.
 *
 * <p>Applications that log through Howdah's appenders need none: what they log at {@code
 * errorLevel} with a throwable is an error already.
 *
 * <p>Thread-safe. To be closed, so that the last errors are written.
 */
public final class ErrorTracker implements AutoCloseable {

  /** The logger of what is captured. */
  public static final String LOGGER = "dev.howdah.ErrorTracker";

  private final HowdahConfig config;
  private final Howdah howdah;
  private final ErrorGroups groups;

  private ErrorTracker(HowdahConfig config, Howdah howdah) {
    this.config = config;
    this.howdah = howdah;
    groups = howdah.errorGroups();
  }

  /**
   * Starts a tracker on the application's own connections, with all else by default.
   *
   * @param connections the application's pool; it is not closed
   * @param service name of the application
   * @param environment where it runs, such as {@code production}
   * @return the tracker
   */
  public static ErrorTracker start(DataSource connections, String service, String environment) {
    return start(
        HowdahConfig.builder()
            .dataSource(connections)
            .set("service", service)
            .set("environment", environment)
            .build(),
        new PipelineListener() {});
  }

  /**
   * Starts a tracker.
   *
   * @param config how it is set up
   * @param listener told of trouble and of what was done
   * @return the tracker
   */
  public static ErrorTracker start(HowdahConfig config, PipelineListener listener) {
    return new ErrorTracker(config, Howdah.start(config, listener));
  }

  /**
   * Captures an error; never fails, and does not wait for the database.
   *
   * @param error what was thrown
   * @return an id to be shown to a user, under which SQL finds it: {@code SELECT * FROM errors
   *     WHERE id = …}. When the pipeline is full the error may be dropped, which is counted in
   *     {@link #pipelineStats()}; in a storm of one bug not every occurrence has a row
   */
  public UUID captureException(Throwable error) {
    return captureException(error, Map.of());
  }

  /**
   * Captures an error with what is known about it.
   *
   * @param error what was thrown
   * @param context numbers, texts, lists, maps or objects by name, stored typed as JSON; {@code
   *     trace_id} and {@code span_id} have columns of their own, and {@code fingerprint} decides
   *     which errors are the same
   * @return as {@link #captureException(Throwable)}
   */
  public UUID captureException(Throwable error, Map<String, ? extends @Nullable Object> context) {
    UUID id = UUID.randomUUID();
    try {
      publish(error, values(context), id);
    } catch (Throwable e) {
      ContextValue.rethrowIfFatal(e);
      howdah.pipeline().failed(Level.ERROR);
    }
    return id;
  }

  /** Runs the application's own code, such as toString(), before a slot is claimed. */
  private Map<String, @Nullable Object> values(Map<String, ? extends @Nullable Object> context) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    context.forEach(
        (key, value) ->
            values.put(
                String.valueOf(key), ContextValue.snapshot(value, config.maxContextLength())));
    return values;
  }

  private void publish(Throwable error, Map<String, @Nullable Object> values, UUID id) {
    ThrowableInfo throwable = ThrowableInfo.of(error, config.maxStackTraceLength());
    long bytes = throwable.bytes();
    for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
      bytes += ContextValue.bytes(entry.getKey(), entry.getValue());
    }
    EventPipeline pipeline = howdah.pipeline();
    long sequence = pipeline.claim(Level.ERROR, bytes);
    if (sequence == EventPipeline.REFUSED) {
      return;
    }
    try {
      LogEventSlot slot = pipeline.slot(sequence);
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      slot.head(Level.ERROR, now, LOGGER, Thread.currentThread().getName());
      slot.message(throwable.description(), null);
      values.forEach(slot::keyValue);
      slot.throwable(throwable);
      slot.captureId(id);
      slot.filled();
    } finally {
      pipeline.publish(sequence);
    }
  }

  /**
   * The bug is mended: when it is seen again that is a regression.
   *
   * @param fingerprint of the bug, in this service and environment
   * @throws IllegalArgumentException when there is no such error
   * @throws SQLException when the database is away, or refuses; so in all methods below
   */
  public void resolve(String fingerprint) throws SQLException {
    groups.change("resolve_error", fingerprint, null, null);
  }

  /**
   * The bug is mended in a release: when it is seen in that or a later one, that is a regression.
   *
   * @param fingerprint of the bug
   * @param release which brings the fix
   * @throws SQLException as above
   */
  public void resolveInRelease(String fingerprint, String release) throws SQLException {
    groups.change("resolve_error", fingerprint, "p_in_release", release);
  }

  /**
   * The bug is mended in the release that comes after the newest that has started.
   *
   * @param fingerprint of the bug
   * @throws SQLException as above
   */
  public void resolveInNextRelease(String fingerprint) throws SQLException {
    groups.change("resolve_error", fingerprint, "p_in_next_release", true);
  }

  /**
   * Nobody need hear of the bug any more.
   *
   * @param fingerprint of the bug
   * @throws SQLException as above
   */
  public void ignore(String fingerprint) throws SQLException {
    groups.change("ignore_error", fingerprint, null, null);
  }

  /**
   * Nobody need hear of the bug until a time.
   *
   * @param fingerprint of the bug
   * @param until in the future
   * @throws SQLException as above
   */
  public void ignoreUntil(String fingerprint, Instant until) throws SQLException {
    groups.change(
        "ignore_error", fingerprint, "p_until", OffsetDateTime.ofInstant(until, ZoneOffset.UTC));
  }

  /**
   * Nobody need hear of the bug until it has occurred so often again.
   *
   * @param fingerprint of the bug
   * @param occurrences at least 1
   * @throws SQLException as above
   */
  public void ignoreOccurrences(String fingerprint, long occurrences) throws SQLException {
    groups.change("ignore_error", fingerprint, "p_occurrences", occurrences);
  }

  /**
   * Nobody need hear of the bug until it occurs in a release, or a later one.
   *
   * @param fingerprint of the bug
   * @param release the release
   * @throws SQLException as above
   */
  public void ignoreUntilRelease(String fingerprint, String release) throws SQLException {
    groups.change("ignore_error", fingerprint, "p_until_release", release);
  }

  /**
   * Takes back that it was resolved or ignored.
   *
   * @param fingerprint of the bug
   * @throws SQLException as above
   */
  public void reopen(String fingerprint) throws SQLException {
    groups.change("reopen_error", fingerprint, null, null);
  }

  /**
   * Says who looks after the bug.
   *
   * @param fingerprint of the bug
   * @param assignee such as a mail address; null: nobody
   * @throws SQLException as above
   */
  public void assign(String fingerprint, @Nullable String assignee) throws SQLException {
    groups.change("assign_error", fingerprint, "p_assignee", assignee);
  }

  /**
   * Says that two fingerprints are one bug.
   *
   * @param fingerprint what counts as the other from now on and backwards
   * @param into the other
   * @throws SQLException as above
   */
  public void merge(String fingerprint, String into) throws SQLException {
    groups.change("merge_errors", fingerprint, "p_into", into);
  }

  /**
   * Takes a merge back.
   *
   * @param fingerprint what is a bug of its own again
   * @throws SQLException as above
   */
  public void unmerge(String fingerprint) throws SQLException {
    groups.change("unmerge_error", fingerprint, null, null);
  }

  /**
   * Says at which occurrences people are told of the bug.
   *
   * @param fingerprint of the bug
   * @param occurrences such as 1, 100, 200, 300; none: the default
   * @throws SQLException as above
   */
  public void setNotificationRateLimit(String fingerprint, Integer... occurrences)
      throws SQLException {
    groups.change(
        "notify_on", fingerprint, "p_occurrences", occurrences.length == 0 ? null : occurrences);
  }

  /**
   * Tells people of errors by a channel that is called after the notifier's kind and has the rules
   * that hold where nothing is configured.
   *
   * @param notifier what sends; closed by {@link #close}
   * @throws IllegalArgumentException when there is a channel of that name
   */
  public void addNotificationChannel(Notifier notifier) {
    addNotificationChannel(NotificationChannel.of(notifier));
  }

  /**
   * Tells people of errors by one more channel.
   *
   * @param channel with its own name and rules; its notifier is closed by {@link #close}
   * @throws IllegalArgumentException when there is a channel of that name
   */
  public void addNotificationChannel(NotificationChannel channel) {
    howdah.addChannel(channel);
  }

  /**
   * Asks for figures of all errors.
   *
   * @return the figures of this moment
   * @throws SQLException as above
   */
  public ErrorStats stats() throws SQLException {
    long[] figures = groups.stats();
    return new ErrorStats(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
  }

  /**
   * What became of the errors that were captured.
   *
   * @return counts since the start
   */
  public PipelineStats pipelineStats() {
    return howdah.stats();
  }

  /**
   * Waits until what was captured before is in the database, rejected or lost.
   *
   * @param maxWait how long to wait at most
   * @return true when nothing of that is pending any more
   * @throws InterruptedException when interrupted
   */
  public boolean flush(Duration maxWait) throws InterruptedException {
    return howdah.flush(maxWait);
  }

  /** Writes what was captured, as {@link Howdah#close} does. */
  @Override
  public void close() {
    howdah.close();
  }
}
