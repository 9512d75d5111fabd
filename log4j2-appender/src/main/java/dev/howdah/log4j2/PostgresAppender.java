package dev.howdah.log4j2;

import dev.howdah.HowdahConfig;
import dev.howdah.event.ContextValue;
import dev.howdah.event.HowdahThreads;
import dev.howdah.event.Level;
import dev.howdah.event.Nesting;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ToldListener;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.pipeline.PipelineStats;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.AppenderLoggingException;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Puts log events into PostgreSQL, without ever making the application wait for the database: the
 * element {@code <Postgres>} of a configuration of Log4j2.
 *
 * <pre>{@code
 * <Postgres name="PG" url="${env:DATABASE_URL}" username="app" password="${env:DB_PASSWORD}"
 *     service="checkout"/>
 * }</pre>
 *
 * <p>Every setting is an attribute, of the same name and meaning as in Howdah's appender for
 * Logback: see {@link HowdahConfig}. One that is wrong is named by Log4j2's StatusLogger, and its
 * default is used; without a usable url the appender does not start.
 *
 * <p>With {@code ignoreExceptions="false"} an event that Howdah cannot accept (there is no room, or
 * it has stopped) is an {@link AppenderLoggingException}, which a {@code Failover} appender takes
 * as its sign. By default it is counted as lost and the application hears nothing.
 *
 * <p>Thread-safe.
 */
@Plugin(
    name = "Postgres",
    category = Core.CATEGORY_NAME,
    elementType = Appender.ELEMENT_TYPE,
    printObject = true)
public final class PostgresAppender extends AbstractAppender {

  private final @Nullable Blueprint blueprint;
  private final @Nullable EventCopier copier;
  private final Nesting nesting = new Nesting();
  private volatile @Nullable SharedHowdah shared;

  /** What a start needs: without it the appender stays stopped. */
  record Blueprint(
      List<String> identity,
      HowdahConfig config,
      @Nullable PipelineListener listener,
      BooleanSupplier ready) {}

  PostgresAppender(PostgresBuilder builder, @Nullable Blueprint blueprint) {
    super(
        builder.getName(),
        builder.getFilter(),
        null,
        builder.isIgnoreExceptions(),
        Property.EMPTY_ARRAY);
    this.blueprint = blueprint;
    copier = blueprint == null ? null : new EventCopier(blueprint.config());
  }

  /**
   * For Log4j2, and for programs that set it up themselves.
   *
   * @return a builder in which every setting has its default
   */
  @PluginBuilderFactory
  public static PostgresBuilder newBuilder() {
    return new PostgresBuilder();
  }

  @Override
  public void start() {
    Blueprint plan = blueprint;
    if (plan == null || isStarted()) {
      return; // The builder has said what is wrong.
    }
    shared =
        SharedHowdah.of(
            plan.identity(),
            plan.config(),
            new ToldListener(StatusMessage::tell, plan.listener()),
            plan.ready());
    super.start();
  }

  @Override
  public boolean stop(long timeout, TimeUnit unit) {
    if (!isStarted()) {
      return true;
    }
    setStopping();
    boolean stopped = super.stop(timeout, unit, false);
    SharedHowdah running = shared;
    if (running != null) {
      running.release();
    }
    setStopped();
    return stopped;
  }

  /**
   * Takes an event; called by Log4j2 on the thread that logs, or on that of its own ring.
   *
   * @param event the event; nothing of it is kept
   * @throws AppenderLoggingException with {@code ignoreExceptions="false"}, when the event was not
   *     accepted
   */
  @Override
  public void append(LogEvent event) {
    SharedHowdah running = shared;
    EventCopier copies = copier;
    if (running == null
        || copies == null
        || HowdahThreads.isOwn()
        || HowdahThreads.isOwn(event.getThreadId())) {
      return;
    }
    Level level = NearestLevel.of(event.getLevel());
    EventPipeline pipeline = running.howdah().pipeline();
    int depth = nesting.enter();
    if (depth == 0) {
      pipeline.failed(level);
      refused("a logging call nested too deep", null);
      return;
    }
    boolean accepted;
    try {
      accepted = copies.copy(event, level, depth, pipeline);
    } catch (Throwable e) {
      ContextValue.rethrowIfFatal(e);
      pipeline.failed(level);
      refused("it could not be copied", e);
      return;
    } finally {
      nesting.leave();
    }
    if (!accepted) {
      refused("there is no room, or it has stopped", null);
    }
  }

  private void refused(String why, @Nullable Throwable cause) {
    if (!ignoreExceptions()) {
      throw new AppenderLoggingException(
          "appender " + getName() + " did not accept an event: " + why, cause);
    }
  }

  @Override
  public boolean requiresLocation() {
    return blueprint != null && blueprint.config().includeCallerData();
  }

  /** Those it was made with; none where it does not start. */
  List<NotificationChannel> channels() {
    return blueprint == null ? List.of() : blueprint.config().channels();
  }

  /**
   * What became of the events so far.
   *
   * @return counts since the start of the ring, which an unchanged configuration takes over when it
   *     is read again; null before the start
   */
  public @Nullable PipelineStats getStats() {
    SharedHowdah running = shared;
    return running == null ? null : running.howdah().stats();
  }

  /**
   * The number under which this start writes, the key of its row in {@code instances}.
   *
   * @return the number, or null before the start
   */
  public @Nullable Long getInstanceId() {
    SharedHowdah running = shared;
    return running == null ? null : running.howdah().instanceId();
  }
}
