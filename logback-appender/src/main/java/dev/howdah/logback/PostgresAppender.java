package dev.howdah.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterAttachableImpl;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.JNDIUtil;
import com.zaxxer.hikari.HikariConfig;
import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.ContextValue;
import dev.howdah.event.HowdahThreads;
import dev.howdah.event.Nesting;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.RingEvent;
import dev.howdah.event.ToldListener;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.Notifier;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.pipeline.PipelineStats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/**
 * Puts log events into PostgreSQL, without ever making the application wait for the database.
 *
 * <pre>{@code
 * <appender name="PG" class="dev.howdah.logback.PostgresAppender">
 *   <url>${DATABASE_URL}</url> <username>app</username> <password>${DB_PASSWORD}</password>
 *   <service>checkout</service>
 * </appender>
 * }</pre>
 *
 * <p>Every setting is text, as in the file, and is checked when the appender starts: one that is
 * wrong is named in Logback's status, and its default is used. Sizes take units ({@code 64 MiB}),
 * so do times ({@code 5 s}; a plain number is milliseconds). {@link HowdahConfig} has the meanings
 * and ranges. Channels such as {@code <slack>} tell people of errors; one that is wrong is named
 * likewise and left out.
 *
 * <p>Set up on one thread, then used by many.
 */
public final class PostgresAppender extends ContextAwareBase implements Appender<ILoggingEvent> {

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final FilterAttachableImpl<ILoggingEvent> filters = new FilterAttachableImpl<>();
  private final Nesting nesting = new Nesting();
  private @Nullable String name;
  private @Nullable String jndiName;
  private @Nullable DataSource dataSource;
  private @Nullable HikariConfig hikari;
  private @Nullable PipelineListener listener;
  private final List<Supplier<NotificationChannel>> channels = new ArrayList<>();
  private List<NotificationChannel> runningChannels = List.of();
  private volatile @Nullable Howdah howdah;
  private volatile @Nullable EventCopier copier;
  private volatile boolean started;
  private volatile boolean filtered;

  /** Makes an appender that has nothing set yet. */
  public PostgresAppender() {}

  @Override
  public void start() {
    if (started) {
      return;
    }
    try {
      HowdahConfig config = config();
      runningChannels = config.channels();
      copier = new EventCopier(config);
      howdah =
          Howdah.start(
              config, new ToldListener(this::addWarn, listener), PostgresAppender::isSlf4jReady);
      started = true;
    } catch (IllegalArgumentException e) {
      // A warning: an error would stop the start of a Spring Boot application.
      addWarn("appender " + name + " does not start: " + e.getMessage());
    }
  }

  @Override
  public void stop() {
    if (!started) {
      return;
    }
    started = false;
    Howdah running = howdah;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public boolean isStarted() {
    return started;
  }

  /**
   * Takes an event; called by Logback on the thread that logs. Never throws an exception.
   *
   * @param event the event
   */
  @Override
  public void doAppend(ILoggingEvent event) {
    Howdah running = howdah;
    EventCopier copies = copier;
    if (running == null
        || copies == null
        || HowdahThreads.isOwn()
        || HowdahThreads.isOwn(event.getThreadName())) {
      return;
    }
    append(event, copies, running.pipeline());
  }

  private void append(ILoggingEvent event, EventCopier copies, EventPipeline pipeline) {
    try {
      RingEvent kept = filtered ? null : copies.keep(event);
      if (kept != null) {
        pipeline.offer(kept);
      } else {
        appendNested(event, copies, pipeline);
      }
    } catch (Throwable e) {
      ContextValue.rethrowIfFatal(e);
      pipeline.failed(EventCopier.level(event.getLevel()));
    }
  }

  /** A filter, or what is worked out here, may run code of the application's that logs. */
  private void appendNested(ILoggingEvent event, EventCopier copies, EventPipeline pipeline) {
    if (nesting.enter() == 0) {
      pipeline.failed(EventCopier.level(event.getLevel()));
      return;
    }
    try {
      if (filters.getFilterChainDecision(event) != FilterReply.DENY) {
        // Without a filter it was looked at before: it can't be kept.
        pipeline.offer(filtered ? copies.copy(event) : copies.snapshot(event));
      }
    } finally {
      nesting.leave();
    }
  }

  /**
   * What became of the events so far.
   *
   * @return counts since the start, or null before it
   */
  public @Nullable PipelineStats getStats() {
    Howdah running = howdah;
    return running == null ? null : running.stats();
  }

  /**
   * The number under which this start writes, the key of its row in {@code instances}.
   *
   * @return the number, or null before the start
   */
  public @Nullable Long getInstanceId() {
    Howdah running = howdah;
    return running == null ? null : running.instanceId();
  }

  /** Those of the last start. */
  List<NotificationChannel> channels() {
    return runningChannels;
  }

  /**
   * Not while it initialises Logback, and thereby us: what the pool logs then ends in a warning.
   */
  static boolean isSlf4jReady() {
    return !(LoggerFactory.getILoggerFactory() instanceof SubstituteLoggerFactory);
  }

  private HowdahConfig config() {
    HowdahConfig.Builder builder = HowdahConfig.builder().setAll(settings, this::addWarn);
    DataSource source = jndiName == null ? dataSource : lookUp(jndiName);
    if (source != null) {
      builder.dataSource(source);
    }
    if (hikari != null) {
      builder.hikari(hikari);
    }
    return builder.channels(channels, this::addWarn).build();
  }

  private static DataSource lookUp(String jndiName) {
    try {
      // Logback's own look-up: it refuses names outside java:, which could load foreign code.
      if (JNDIUtil.lookupObject(JNDIUtil.getInitialContext(), jndiName)
          instanceof DataSource found) {
        return found;
      }
      throw new IllegalArgumentException(
          "setting 'jndiName' has the value '" + jndiName + "': what is there is no DataSource");
    } catch (NamingException e) {
      throw new IllegalArgumentException(
          "setting 'jndiName' has the value '"
              + jndiName
              + "': it must be the name of a DataSource, but "
              + e,
          e);
    }
  }

  @Override
  public @Nullable String getName() {
    return name;
  }

  @Override
  public void setName(String name) {
    this.name = name;
  }

  @Override
  public void addFilter(Filter<ILoggingEvent> filter) {
    filters.addFilter(filter);
    filtered = true;
  }

  @Override
  public void clearAllFilters() {
    filtered = false;
    filters.clearAllFilters();
  }

  @Override
  public List<Filter<ILoggingEvent>> getCopyOfAttachedFiltersList() {
    return filters.getCopyOfAttachedFiltersList();
  }

  @Override
  public FilterReply getFilterChainDecision(ILoggingEvent event) {
    return filters.getFilterChainDecision(event);
  }

  /**
   * Uses a DataSource of the application's in place of an own pool.
   *
   * @param dataSource a DataSource for PostgreSQL; stays open when the appender stops
   */
  public void setDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Uses a DataSource that JNDI knows.
   *
   * @param jndiName such as {@code java:comp/env/jdbc/logs}
   */
  public void setJndiName(String jndiName) {
    this.jndiName = jndiName;
  }

  /**
   * Tunes the own pool.
   *
   * @param hikari any of HikariCP's settings
   */
  public void setHikari(HikariConfig hikari) {
    this.hikari = hikari;
  }

  /**
   * Lets the application hear what happens: a nested element with a class.
   *
   * @param listener for metrics or alarms
   */
  public void setListener(PipelineListener listener) {
    this.listener = listener;
  }

  /**
   * Sends mail: an element {@code <email>}. It may occur more than once, as all channels may, each
   * with a {@code <name>} of its own.
   *
   * @param channel its settings
   */
  public void addEmail(EmailElement channel) {
    channels.add(channel::create);
  }

  /**
   * Tells a channel of Slack: an element {@code <slack>}.
   *
   * @param channel its settings
   */
  public void addSlack(SlackElement channel) {
    channels.add(channel::create);
  }

  /**
   * Sends JSON to a URL: an element {@code <webhook>}.
   *
   * @param channel its settings
   */
  public void addWebhook(WebhookElement channel) {
    channels.add(channel::create);
  }

  /**
   * Makes incidents: an element {@code <pagerDuty>}.
   *
   * @param channel its settings
   */
  public void addPagerDuty(PagerDutyElement channel) {
    channels.add(channel::create);
  }

  /**
   * Tells people by a channel of another kind: an element {@code <channel>}.
   *
   * @param channel its settings
   */
  public void addChannel(CustomChannelElement channel) {
    channels.add(channel::create);
  }

  /**
   * Tells people by a notifier of the application's, with the rules that hold where nothing is
   * configured: a nested element {@code <notifier>} with a class.
   *
   * @param notifier what sends; its kind is the channel's name; closed when the appender stops
   */
  public void addNotifier(Notifier notifier) {
    channels.add(() -> NotificationChannel.of(notifier));
  }

  /**
   * Tells people by a channel of the application's; for programs.
   *
   * @param channel with its own name and rules; its notifier is closed when the appender stops
   */
  public void addNotificationChannel(NotificationChannel channel) {
    channels.add(() -> channel);
  }

  /**
   * Setting {@code url}.
   *
   * @param value the JDBC URL of the database, such as {@code jdbc:postgresql://host/db}; required
   *     unless there is a data source
   */
  public void setUrl(String value) {
    settings.put("url", value);
  }

  /**
   * Setting {@code username}.
   *
   * @param value role to connect as
   */
  public void setUsername(String value) {
    settings.put("username", value);
  }

  /**
   * Setting {@code password}.
   *
   * @param value the role's password
   */
  public void setPassword(String value) {
    settings.put("password", value);
  }

  /**
   * Setting {@code schema}.
   *
   * @param value schema of Howdah's tables; default monitoring
   */
  public void setSchema(String value) {
    settings.put("schema", value);
  }

  /**
   * Setting {@code service}.
   *
   * @param value name of the application; default application
   */
  public void setService(String value) {
    settings.put("service", value);
  }

  /**
   * Setting {@code environment}.
   *
   * @param value where it runs, such as production
   */
  public void setEnvironment(String value) {
    settings.put("environment", value);
  }

  /**
   * Setting {@code release}.
   *
   * @param value version of the application
   */
  public void setRelease(String value) {
    settings.put("release", value);
  }

  /**
   * Setting {@code host}.
   *
   * @param value name of this machine; default: looked up
   */
  public void setHost(String value) {
    settings.put("host", value);
  }

  /**
   * Setting {@code autoMigrate}.
   *
   * @param value whether a start makes or upgrades the schema; default true
   */
  public void setAutoMigrate(String value) {
    settings.put("autoMigrate", value);
  }

  /**
   * Setting {@code maintain}.
   *
   * @param value whether this instance looks after partitions; default true
   */
  public void setMaintain(String value) {
    settings.put("maintain", value);
  }

  /**
   * Setting {@code logRetention}.
   *
   * @param value age at which log partitions are dropped; default 30 d
   */
  public void setLogRetention(String value) {
    settings.put("logRetention", value);
  }

  /**
   * Setting {@code errorRetention}.
   *
   * @param value age at which error partitions are dropped; default 90 d
   */
  public void setErrorRetention(String value) {
    settings.put("errorRetention", value);
  }

  /**
   * Setting {@code partitionsAhead}.
   *
   * @param value days for which partitions are made ahead; default 7
   */
  public void setPartitionsAhead(String value) {
    settings.put("partitionsAhead", value);
  }

  /**
   * Setting {@code ringSize}.
   *
   * @param value slots of the ring, a power of two; default 8192
   */
  public void setRingSize(String value) {
    settings.put("ringSize", value);
  }

  /**
   * Setting {@code onFull}.
   *
   * @param value what a logging call does when there is no room: block, drop or shed; default shed
   */
  public void setOnFull(String value) {
    settings.put("onFull", value);
  }

  /**
   * Setting {@code onFullTimeout}.
   *
   * @param value longest wait of a logging call where the policy waits; default 1 s
   */
  public void setOnFullTimeout(String value) {
    settings.put("onFullTimeout", value);
  }

  /**
   * Setting {@code maxMemory}.
   *
   * @param value most bytes under way; default 64 MiB
   */
  public void setMaxMemory(String value) {
    settings.put("maxMemory", value);
  }

  /**
   * Setting {@code batchSize}.
   *
   * @param value size at which a batch closes; default 1 MiB
   */
  public void setBatchSize(String value) {
    settings.put("batchSize", value);
  }

  /**
   * Setting {@code flushInterval}.
   *
   * @param value age at which a batch closes; default 250 ms
   */
  public void setFlushInterval(String value) {
    settings.put("flushInterval", value);
  }

  /**
   * Setting {@code shutdownTimeout}.
   *
   * @param value how long a stop drains; default 5 s
   */
  public void setShutdownTimeout(String value) {
    settings.put("shutdownTimeout", value);
  }

  /**
   * Setting {@code shutdownHook}.
   *
   * @param value whether the end of the JVM drains; default true
   */
  public void setShutdownHook(String value) {
    settings.put("shutdownHook", value);
  }

  /**
   * Setting {@code maxMessageLength}.
   *
   * @param value longest message in characters; default 65536
   */
  public void setMaxMessageLength(String value) {
    settings.put("maxMessageLength", value);
  }

  /**
   * Setting {@code maxContextLength}.
   *
   * @param value longest context in bytes of JSON; default 65536
   */
  public void setMaxContextLength(String value) {
    settings.put("maxContextLength", value);
  }

  /**
   * Setting {@code maxStackTraceLength}.
   *
   * @param value longest stack trace in characters; default 131072
   */
  public void setMaxStackTraceLength(String value) {
    settings.put("maxStackTraceLength", value);
  }

  /**
   * Setting {@code includeMDC}.
   *
   * @param value whether context holds the MDC; default true
   */
  public void setIncludeMDC(String value) {
    settings.put("includeMDC", value);
  }

  /**
   * Setting {@code includeKeyValues}.
   *
   * @param value whether context holds SLF4J's key-values; default true
   */
  public void setIncludeKeyValues(String value) {
    settings.put("includeKeyValues", value);
  }

  /**
   * Setting {@code includeMarkers}.
   *
   * @param value whether context holds markers; default true
   */
  public void setIncludeMarkers(String value) {
    settings.put("includeMarkers", value);
  }

  /**
   * Setting {@code includeCallerData}.
   *
   * @param value whether context holds class, method and line, which is slow; default false
   */
  public void setIncludeCallerData(String value) {
    settings.put("includeCallerData", value);
  }

  /**
   * Setting {@code traceIdKeys}.
   *
   * @param value keys of the trace id in MDC or key-values, separated by commas; default
   *     trace_id,traceId
   */
  public void setTraceIdKeys(String value) {
    settings.put("traceIdKeys", value);
  }

  /**
   * Setting {@code spanIdKeys}.
   *
   * @param value keys of the span id; default span_id,spanId
   */
  public void setSpanIdKeys(String value) {
    settings.put("spanIdKeys", value);
  }

  /**
   * Setting {@code redactKeys}.
   *
   * @param value parts of keys whose values are secret, separated by commas
   */
  public void setRedactKeys(String value) {
    settings.put("redactKeys", value);
  }

  /**
   * Setting {@code redactPatterns}.
   *
   * @param value regular expressions of secrets in texts, one a line; default none
   */
  public void setRedactPatterns(String value) {
    settings.put("redactPatterns", value);
  }

  /**
   * Setting {@code errorLevel}.
   *
   * @param value least level of events with a throwable that are errors; default error
   */
  public void setErrorLevel(String value) {
    settings.put("errorLevel", value);
  }

  /**
   * Setting {@code occurrencesPerSecond}.
   *
   * @param value rows that one bug gets in a second before it is sampled, 1 to 1048576; default
   *     1000
   */
  public void setOccurrencesPerSecond(String value) {
    settings.put("occurrencesPerSecond", value);
  }

  /**
   * Setting {@code inApp}.
   *
   * @param value packages that are the application's, separated by commas; default none
   */
  public void setInApp(String value) {
    settings.put("inApp", value);
  }

  /**
   * Setting {@code notInApp}.
   *
   * @param value packages that are not, beside the known libraries; default none
   */
  public void setNotInApp(String value) {
    settings.put("notInApp", value);
  }

  /**
   * Setting {@code fingerprintNormalizers}.
   *
   * @param value what varies, as lines {@code REGEX => REPLACEMENT}; default none
   */
  public void setFingerprintNormalizers(String value) {
    settings.put("fingerprintNormalizers", value);
  }

  /**
   * Setting {@code fingerprint}.
   *
   * @param value what makes two errors the same, such as {@code {{ default }}, {context.tenant}}
   */
  public void setFingerprint(String value) {
    settings.put("fingerprint", value);
  }

  /**
   * Setting {@code directory}.
   *
   * @param value folder for what the database refused; default howdah under the user's state folder
   */
  public void setDirectory(String value) {
    settings.put("directory", value);
  }

  /**
   * Setting {@code journal}.
   *
   * @param value which batches go to the journal on disk: off, outage or always; default outage
   */
  public void setJournal(String value) {
    settings.put("journal", value);
  }

  /**
   * Setting {@code fsync}.
   *
   * @param value when the journal is forced to the disk: none or batch; default none
   */
  public void setFsync(String value) {
    settings.put("fsync", value);
  }

  /**
   * Setting {@code journalMaxSize}.
   *
   * @param value most that the journals of a service take together; default 1 GiB
   */
  public void setJournalMaxSize(String value) {
    settings.put("journalMaxSize", value);
  }

  /**
   * Setting {@code onJournalFull}.
   *
   * @param value what becomes of a batch for which the journal has no room: refuse or drop_oldest;
   *     default refuse
   */
  public void setOnJournalFull(String value) {
    settings.put("onJournalFull", value);
  }

  /**
   * Setting {@code journalSegmentSize}.
   *
   * @param value size of a file of the journal; default 16 MiB
   */
  public void setJournalSegmentSize(String value) {
    settings.put("journalSegmentSize", value);
  }

  /**
   * Setting {@code journalKeepSent}.
   *
   * @param value with {@code journal=always}, how much of what was sent is kept, to be sent again
   *     after a fail-over; default 16 MiB
   */
  public void setJournalKeepSent(String value) {
    settings.put("journalKeepSent", value);
  }

  /**
   * Setting {@code connectionTimeout}.
   *
   * @param value longest wait for a connection; default 5 s
   */
  public void setConnectionTimeout(String value) {
    settings.put("connectionTimeout", value);
  }

  /**
   * Setting {@code socketTimeout}.
   *
   * @param value longest wait for an answer of the server; default 30 s
   */
  public void setSocketTimeout(String value) {
    settings.put("socketTimeout", value);
  }

  /**
   * Setting {@code lockTimeout}.
   *
   * @param value longest wait for a lock in the database; default 10 s
   */
  public void setLockTimeout(String value) {
    settings.put("lockTimeout", value);
  }

  /**
   * Setting {@code idleInTransactionTimeout}.
   *
   * @param value after which the server gives up a silent transaction; default 15 s
   */
  public void setIdleInTransactionTimeout(String value) {
    settings.put("idleInTransactionTimeout", value);
  }

  /**
   * Setting {@code retryMin}.
   *
   * @param value first pause after a failure; default 100 ms
   */
  public void setRetryMin(String value) {
    settings.put("retryMin", value);
  }

  /**
   * Setting {@code retryMax}.
   *
   * @param value longest pause after failures; default 30 s
   */
  public void setRetryMax(String value) {
    settings.put("retryMax", value);
  }
}
