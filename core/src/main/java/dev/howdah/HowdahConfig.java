package dev.howdah;

import com.zaxxer.hikari.HikariConfig;
import dev.howdah.event.Level;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.pipeline.OverloadPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one Howdah, checked. Immutable, so any thread may read it; its {@code toString()}
 * never shows a password.
 *
 * <p>{@link Setting} is the table behind it: names, ranges and defaults stand there once.
 */
public final class HowdahConfig {
  private final Map<Setting, @Nullable Object> values;
  private final @Nullable DataSource dataSource;
  private final @Nullable HikariConfig hikari;
  private final List<NotificationChannel> channels;

  // Each logging call reads these. Looked up in the map, they were half of its machine code.
  private final int maxMessageLength;
  private final int maxContextLength;
  private final int maxStackTraceLength;
  private final boolean includeMDC;
  private final boolean includeKeyValues;
  private final boolean includeMarkers;
  private final boolean includeCallerData;

  private HowdahConfig(
      Map<Setting, @Nullable Object> values,
      @Nullable DataSource dataSource,
      @Nullable HikariConfig hikari,
      List<NotificationChannel> channels) {
    this.values = values;
    this.dataSource = dataSource;
    this.hikari = hikari;
    this.channels = channels;
    maxMessageLength = required(Setting.MAX_MESSAGE_LENGTH, Integer.class);
    maxContextLength = required(Setting.MAX_CONTEXT_LENGTH, Integer.class);
    maxStackTraceLength = required(Setting.MAX_STACK_TRACE_LENGTH, Integer.class);
    includeMDC = required(Setting.INCLUDE_MDC, Boolean.class);
    includeKeyValues = required(Setting.INCLUDE_KEY_VALUES, Boolean.class);
    includeMarkers = required(Setting.INCLUDE_MARKERS, Boolean.class);
    includeCallerData = required(Setting.INCLUDE_CALLER_DATA, Boolean.class);
  }

  /** A builder in which every setting has its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** The application's own source of connections; null when Howdah makes a small pool itself. */
  public @Nullable DataSource dataSource() {
    return dataSource;
  }

  /** A copy of the pool's configuration that was given; null when none was. */
  public @Nullable HikariConfig hikari() {
    return hikari == null ? null : copyOf(hikari);
  }

  /** Ways to tell people of errors, each with a name of its own. Default: none. */
  public List<NotificationChannel> channels() {
    return channels;
  }

  /**
   * JDBC URL of the database, such as {@code jdbc:postgresql://localhost:5432/app}; null when a
   * data source or a pool's configuration is given instead.
   */
  public @Nullable String url() {
    return (String) values.get(Setting.URL);
  }

  /** The URL as people may see it, without secrets; null when there is none. */
  public @Nullable String shownUrl() {
    String url = url();
    return url == null ? null : Setting.URL.shown(url);
  }

  /** Role to connect as; null leaves it to the URL. No default. */
  public @Nullable String username() {
    return (String) values.get(Setting.USERNAME);
  }

  /** The role's password; null leaves it to the URL or to {@code ~/.pgpass}. No default. */
  public @Nullable String password() {
    return (String) values.get(Setting.PASSWORD);
  }

  /**
   * Schema that holds Howdah's tables: a PostgreSQL name as it is, unquoted, 1 to 63 bytes. Default
   * {@code monitoring}.
   */
  public String schema() {
    return required(Setting.SCHEMA, String.class);
  }

  /** Name of the application, stored with every instance. Default {@code application}. */
  public String service() {
    return required(Setting.SERVICE, String.class);
  }

  /** Where the application runs, such as production; null (the default) for none. */
  public @Nullable String environment() {
    return (String) values.get(Setting.ENVIRONMENT);
  }

  /** Version of the application; null (the default) for none. */
  public @Nullable String release() {
    return (String) values.get(Setting.RELEASE);
  }

  /** Name of this machine; null (the default): the one that needs it looks up the local name. */
  public @Nullable String host() {
    return (String) values.get(Setting.HOST);
  }

  /** Whether a start makes or updates the schema; false where the role may not. Default true. */
  public boolean autoMigrate() {
    return required(Setting.AUTO_MIGRATE, Boolean.class);
  }

  /** Whether this instance takes its turn at making and dropping partitions. Default true. */
  public boolean maintain() {
    return required(Setting.MAINTAIN, Boolean.class);
  }

  /** How long logs are kept, 1 d to 36500 d; whole days' partitions are dropped. Default 30 d. */
  public Duration logRetention() {
    return required(Setting.LOG_RETENTION, Duration.class);
  }

  /** How long error occurrences are kept, 1 d to 36500 d. Default 90 d. */
  public Duration errorRetention() {
    return required(Setting.ERROR_RETENTION, Duration.class);
  }

  /** Days for which partitions are made in advance, 1 to 366. Default 7. */
  public int partitionsAhead() {
    return required(Setting.PARTITIONS_AHEAD, Integer.class);
  }

  /**
   * Events that fit between the threads that log and the encoder: a power of two, 64 to 1048576.
   * Default 8192. More rides out longer bursts and costs memory for each slot.
   */
  public int ringSize() {
    return required(Setting.RING_SIZE, Integer.class);
  }

  /** What a thread that logs does when there is no room. Default {@link OverloadPolicy#SHED}. */
  public OverloadPolicy onFull() {
    return required(Setting.ON_FULL, OverloadPolicy.class);
  }

  /** How long such a thread waits at most, 0 to 1 h; 0: not at all. Default 1 s. */
  public Duration onFullTimeout() {
    return required(Setting.ON_FULL_TIMEOUT, Duration.class);
  }

  /**
   * Bound on all that is in flight (slots, batches, the queue before the journal) in bytes, 4 MiB
   * to 1024 GiB, at least twice {@link #batchSize}. Default 64 MiB.
   */
  public long maxMemory() {
    return required(Setting.MAX_MEMORY, Long.class);
  }

  /** Bytes that close a batch, 16 KiB to 16 MiB. Default 1 MiB. */
  public int batchSize() {
    return Math.toIntExact(required(Setting.BATCH_SIZE, Long.class));
  }

  /**
   * Age of its first event that closes a batch, 1 ms to 1 min. Default 250 ms. Less shows events
   * sooner and costs more transactions.
   */
  public Duration flushInterval() {
    return required(Setting.FLUSH_INTERVAL, Duration.class);
  }

  /**
   * How long a stop waits for the last batches, 0 to 1 h; what is left is journaled. Default 5 s.
   */
  public Duration shutdownTimeout() {
    return required(Setting.SHUTDOWN_TIMEOUT, Duration.class);
  }

  /** Whether Howdah drains at the JVM's end, in a hook. Default true. */
  public boolean shutdownHook() {
    return required(Setting.SHUTDOWN_HOOK, Boolean.class);
  }

  /** Chars of a message that are kept, 64 to 16777216. Default 65536. */
  public int maxMessageLength() {
    return maxMessageLength;
  }

  /** Chars of a context's JSON that are kept, 64 to 16777216. Default 65536. */
  public int maxContextLength() {
    return maxContextLength;
  }

  /** Chars of a stack trace that are kept, 64 to 16777216. Default 131072. */
  public int maxStackTraceLength() {
    return maxStackTraceLength;
  }

  /** Whether context holds the MDC. Default true. */
  public boolean includeMDC() {
    return includeMDC;
  }

  /** Whether context holds the event's key-values. Default true. */
  public boolean includeKeyValues() {
    return includeKeyValues;
  }

  /** Whether context holds the event's markers. Default true. */
  public boolean includeMarkers() {
    return includeMarkers;
  }

  /**
   * Whether context holds class, method and line of the call; walks the stack at each event, so it
   * is slow. Default false.
   */
  public boolean includeCallerData() {
    return includeCallerData;
  }

  /** Keys that may hold the trace id, the first found wins. Default {@code trace_id,traceId}. */
  public List<String> traceIdKeys() {
    return list(Setting.TRACE_ID_KEYS, String.class);
  }

  /** Keys that may hold the span id, the first found wins. Default {@code span_id,spanId}. */
  public List<String> spanIdKeys() {
    return list(Setting.SPAN_ID_KEYS, String.class);
  }

  /**
   * Keys whose values are never stored; empty: none. Default: password, passwd, pwd, secret, token,
   * authorization, cookie, api_key, apikey, api-key, private_key, credential.
   */
  public List<String> redactKeys() {
    return list(Setting.REDACT_KEYS, String.class);
  }

  /** Text that is never stored, in whatever field, as regular expressions. Default: none. */
  public List<Pattern> redactPatterns() {
    return list(Setting.REDACT_PATTERNS, Pattern.class);
  }

  /** Least level of events with a throwable that are errors. Default {@link Level#ERROR}. */
  public Level errorLevel() {
    return required(Setting.ERROR_LEVEL, Level.class);
  }

  /**
   * Rows that one bug gets in a second: 1 to 1048576. Beyond, every second occurrence gets one,
   * later every fourth and so on, with a weight; counts stay exact. Log lines of those without a
   * row show the stack trace of one that has. Default 1000.
   */
  public int occurrencesPerSecond() {
    return required(Setting.OCCURRENCES_PER_SECOND, Integer.class);
  }

  /** Packages or classes that are the application's; see {@link Fingerprinter}. Default: none. */
  public List<String> inApp() {
    return list(Setting.IN_APP, String.class);
  }

  /** Packages or classes that are not, beside known libraries. Default: none. */
  public List<String> notInApp() {
    return list(Setting.NOT_IN_APP, String.class);
  }

  /**
   * What varies in names and messages, as lines {@code REGEX => REPLACEMENT}; see {@link
   * Fingerprinter.Builder#normalizer}. Default: none.
   */
  public List<String> fingerprintNormalizers() {
    return list(Setting.FINGERPRINT_NORMALIZERS, String.class);
  }

  /** What makes two errors the same; see {@link Fingerprinter.Builder#template}. Default: null. */
  public @Nullable String fingerprint() {
    return (String) values.get(Setting.FINGERPRINT);
  }

  /**
   * Folder for the journal and for refused rows. Default {@code $XDG_STATE_HOME/howdah}, else
   * {@code ~/.local/state/howdah}, else {@code howdah} in the temporary folder.
   */
  public Path directory() {
    return required(Setting.DIRECTORY, Path.class);
  }

  /** Which batches go to the journal on disk. Default {@link JournalMode#OUTAGE}. */
  public JournalMode journal() {
    return required(Setting.JOURNAL, JournalMode.class);
  }

  /** When the journal is forced to the disk. Default {@link Fsync#NONE}. */
  public Fsync fsync() {
    return required(Setting.FSYNC, Fsync.class);
  }

  /**
   * Most bytes that the journals of this service in {@link #directory} take together, former
   * starts' included: 1 MiB to 1024 TiB, at least twice {@link #journalSegmentSize}. Default 1 GiB.
   */
  public long journalMaxSize() {
    return required(Setting.JOURNAL_MAX_SIZE, Long.class);
  }

  /**
   * What becomes of a batch for which the journal has no room. Default {@link
   * JournalFullPolicy#REFUSE}.
   */
  public JournalFullPolicy onJournalFull() {
    return required(Setting.ON_JOURNAL_FULL, JournalFullPolicy.class);
  }

  /** Bytes of a file of the journal, 64 KiB to 1 GiB; made whole at once. Default 16 MiB. */
  public long journalSegmentSize() {
    return required(Setting.JOURNAL_SEGMENT_SIZE, Long.class);
  }

  /**
   * With {@code journal=always}: bytes of batches already sent that are kept, to be sent again when
   * a promoted standby turns out not to have them; 0 to 1024 TiB. Default 16 MiB.
   */
  public long journalKeepSent() {
    return required(Setting.JOURNAL_KEEP_SENT, Long.class);
  }

  /** How long a connection may take to open, 250 ms to 1 h. Default 5 s. */
  public Duration connectionTimeout() {
    return required(Setting.CONNECTION_TIMEOUT, Duration.class);
  }

  /** How long the database may be silent within a call, 1 s to 1 h. Default 30 s. */
  public Duration socketTimeout() {
    return required(Setting.SOCKET_TIMEOUT, Duration.class);
  }

  /** How long a statement of ours waits for a lock, 1 ms to 1 h. Default 10 s. */
  public Duration lockTimeout() {
    return required(Setting.LOCK_TIMEOUT, Duration.class);
  }

  /**
   * After which the server ends a transaction whose client fell silent, 1 s to 1 h. Default 15 s.
   */
  public Duration idleInTransactionTimeout() {
    return required(Setting.IDLE_IN_TRANSACTION_TIMEOUT, Duration.class);
  }

  /** First pause after a failure, 1 ms to 1 h; it doubles from there. Default 100 ms. */
  public Duration retryMin() {
    return required(Setting.RETRY_MIN, Duration.class);
  }

  /** Longest pause after failures, 1 ms to 1 h, at least {@link #retryMin}. Default 30 s. */
  public Duration retryMax() {
    return required(Setting.RETRY_MAX, Duration.class);
  }

  /**
   * Every setting by name, passwords hidden, and the channels' names; for a line at start and for
   * bug reports.
   */
  @Override
  public String toString() {
    String names =
        channels.stream().map(NotificationChannel::name).collect(Collectors.joining(" "));
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .map(
            entry ->
                entry.getKey().settingName()
                    + "="
                    + entry.getKey().shown(String.valueOf(entry.getValue())))
        .collect(Collectors.joining(", ", "HowdahConfig[", ", channels=[" + names + "]]"));
  }

  private <T> T required(Setting setting, Class<T> type) {
    return type.cast(Objects.requireNonNull(values.get(setting), setting.settingName()));
  }

  private <T> List<T> list(Setting setting, Class<T> type) {
    List<?> elements = required(setting, List.class);
    return elements.stream().<T>map(type::cast).toList();
  }

  static IllegalArgumentException duplicate(String name) {
    return new IllegalArgumentException(
        "channel '%s': setting 'name' has the value '%s': it must be one that no other channel has"
            .formatted(name, name));
  }

  private static HikariConfig copyOf(HikariConfig original) {
    HikariConfig copy = new HikariConfig();
    original.copyStateTo(copy);
    return copy;
  }

  /** Collects settings by name and checks each as it comes. For one thread. */
  public static final class Builder {

    /** Settings whose default, none, would only lead to a second and less clear complaint. */
    private static final Set<Setting> NO_START_WITHOUT =
        EnumSet.of(Setting.URL, Setting.USERNAME, Setting.PASSWORD);

    private final Map<Setting, @Nullable Object> values = new EnumMap<>(Setting.class);
    private @Nullable DataSource dataSource;
    private @Nullable HikariConfig hikari;
    private final Map<String, NotificationChannel> channels = new LinkedHashMap<>();

    private Builder() {
      for (Setting setting : Setting.values()) {
        values.put(setting, setting.defaultValue());
      }
    }

    /**
     * Gives a setting a value.
     *
     * @param name as in {@link Setting}, such as {@code batchSize}
     * @param value as written in a configuration file, such as {@code 1 MiB}
     * @throws IllegalArgumentException naming the setting, the value and what would be right
     */
    public Builder set(String name, String value) {
      Setting setting = Setting.named(name);
      values.put(setting, setting.parse(value));
      return this;
    }

    /**
     * Gives settings their values as a configuration file has them: a wrong value is complained of,
     * and the default is used, since the application has to start.
     *
     * @param texts names and values, as for {@link #set}
     * @param complaints gets the text of each complaint
     * @throws IllegalArgumentException when it is the url, the username or the password that is
     *     wrong
     */
    public Builder setAll(Map<String, String> texts, Consumer<String> complaints) {
      texts.forEach(
          (name, value) -> {
            try {
              set(name, value);
            } catch (IllegalArgumentException e) {
              if (NO_START_WITHOUT.contains(Setting.named(name))) {
                throw e;
              }
              complaints.accept(e.getMessage() + "; its default is used");
            }
          });
      return this;
    }

    /**
     * Uses the application's own source of connections, in place of a pool of Howdah's. Howdah
     * never closes it.
     */
    public Builder dataSource(DataSource dataSource) {
      this.dataSource = dataSource;
      return this;
    }

    /** Uses this configuration, copied now, for Howdah's own pool. */
    public Builder hikari(HikariConfig hikari) {
      this.hikari = copyOf(hikari);
      return this;
    }

    /**
     * Adds a way to tell people of errors. Its notifier is closed by the Howdah that is started
     * with this configuration.
     *
     * @throws IllegalArgumentException when there is a channel of that name
     */
    public Builder channel(NotificationChannel channel) {
      if (channels.putIfAbsent(channel.name(), channel) != null) {
        throw duplicate(channel.name());
      }
      return this;
    }

    /**
     * Adds channels of a configuration file: one that is wrong is complained of and left out, since
     * the application has to start.
     *
     * @param channels make them, such as by {@link ChannelConfig#create}
     * @param complaints gets the text of each complaint
     */
    public Builder channels(
        List<Supplier<NotificationChannel>> channels, Consumer<String> complaints) {
      for (Supplier<NotificationChannel> channel : channels) {
        try {
          channel(channel.get());
        } catch (IllegalArgumentException e) {
          complaints.accept(e.getMessage() + "; the channel is left out");
        }
      }
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException when nothing says where the database is, or two settings
     *     contradict each other
     */
    public HowdahConfig build() {
      if (values.get(Setting.URL) == null && dataSource == null && !isPooled()) {
        throw new IllegalArgumentException(
            "setting 'url' has no value: it must be " + Setting.URL.requirement());
      }
      HowdahConfig config =
          new HowdahConfig(
              Collections.unmodifiableMap(new EnumMap<>(values)),
              dataSource,
              hikari,
              List.copyOf(channels.values()));
      if (config.retryMin().compareTo(config.retryMax()) > 0) {
        throw new IllegalArgumentException(
            "setting 'retryMin' has the value '%d ms': it must be at most retryMax, %d ms"
                .formatted(config.retryMin().toMillis(), config.retryMax().toMillis()));
      }
      if (config.maxMemory() < 2L * config.batchSize()) {
        throw new IllegalArgumentException(
            "setting 'maxMemory' has the value '%d': it must be at least twice batchSize, %d bytes"
                .formatted(config.maxMemory(), config.batchSize()));
      }
      if (config.journalMaxSize() < 2 * config.journalSegmentSize()) {
        throw new IllegalArgumentException(
            "setting 'journalMaxSize' has the value '%d': it must be at least twice journalSegmentSize, %d bytes"
                .formatted(config.journalMaxSize(), config.journalSegmentSize()));
      }
      return config;
    }

    /** Whether the pool's configuration says by itself where the database is. */
    private boolean isPooled() {
      return hikari != null
          && (hikari.getJdbcUrl() != null
              || hikari.getDataSource() != null
              || hikari.getDataSourceClassName() != null
              || hikari.getDataSourceJNDI() != null);
    }
  }
}
