package dev.howdah;

import dev.howdah.event.Level;
import dev.howdah.pipeline.OverloadPolicy;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every setting in one table: its name, its kind, its default as a user would write it, its range
 * and its meaning. {@link HowdahConfig} reads values through {@link #parse}, and through nothing
 * else, so a default obeys the same rules as a value from a configuration file.
 *
 * <p>Ranges are inclusive; those of a {@link Kind#SIZE} are in bytes, of a {@link Kind#DURATION} in
 * milliseconds, of a {@link Kind#COUNT} plain numbers.
 */
public enum Setting {
  URL("url", Kind.URL, "", "JDBC URL of the database"),
  USERNAME("username", Kind.OPTIONAL_TEXT, "", "Role to connect as"),
  PASSWORD("password", Kind.SECRET, "", "The role's password"),
  SCHEMA("schema", Kind.IDENTIFIER, "monitoring", "Schema that holds Howdah's tables"),
  AUTO_MIGRATE("autoMigrate", Kind.FLAG, "true", "Whether a start makes or updates the schema"),
  MAINTAIN("maintain", Kind.FLAG, "true", "Whether this instance looks after partitions"),

  SERVICE("service", Kind.TEXT, "application", "Name of the application"),
  ENVIRONMENT("environment", Kind.OPTIONAL_TEXT, "", "Where it runs, such as production"),
  RELEASE("release", Kind.OPTIONAL_TEXT, "", "Version of the application"),
  HOST("host", Kind.OPTIONAL_TEXT, "", "Name of this machine; empty: looked up when needed"),

  LOG_RETENTION("logRetention", "30 d", Unit.DAY, 36_500 * Unit.DAY, "How long logs are kept"),
  ERROR_RETENTION(
      "errorRetention", "90 d", Unit.DAY, 36_500 * Unit.DAY, "How long error occurrences are kept"),
  PARTITIONS_AHEAD(
      "partitionsAhead", Kind.COUNT, "7", 1, 366, "Days for which partitions are made in advance"),

  RING_SIZE(
      "ringSize", Kind.POWER_OF_TWO, "8192", 64, 1 << 20, "Events that fit between two threads"),
  ON_FULL(
      "onFull", OverloadPolicy.class, "shed", "What a thread that logs does when there is no room"),
  ON_FULL_TIMEOUT("onFullTimeout", "1 s", 0, Unit.HOUR, "How long such a thread waits at most"),
  MAX_MEMORY(
      "maxMemory", Kind.SIZE, "64 MiB", 4 * Unit.MIB, 1L << 40, "Bound on all that is in flight"),
  BATCH_SIZE(
      "batchSize", Kind.SIZE, "1 MiB", 16 * Unit.KIB, 16 * Unit.MIB, "Bytes that close a batch"),
  FLUSH_INTERVAL(
      "flushInterval", "250 ms", 1, Unit.MINUTE, "Age of its first event that closes a batch"),
  SHUTDOWN_TIMEOUT(
      "shutdownTimeout", "5 s", 0, Unit.HOUR, "How long a stop waits for the last batches"),
  SHUTDOWN_HOOK("shutdownHook", Kind.FLAG, "true", "Whether Howdah drains at the JVM's end"),

  MAX_MESSAGE_LENGTH(
      "maxMessageLength", Kind.COUNT, "65536", 64, 1 << 24, "Chars of a message that are kept"),
  MAX_CONTEXT_LENGTH(
      "maxContextLength", Kind.COUNT, "65536", 64, 1 << 24, "Chars of a context that are kept"),
  MAX_STACK_TRACE_LENGTH(
      "maxStackTraceLength",
      Kind.COUNT,
      "131072",
      64,
      1 << 24,
      "Chars of a stack trace that are kept"),
  INCLUDE_MDC("includeMDC", Kind.FLAG, "true", "Whether context holds the MDC"),
  INCLUDE_KEY_VALUES("includeKeyValues", Kind.FLAG, "true", "Whether context holds key-values"),
  INCLUDE_MARKERS("includeMarkers", Kind.FLAG, "true", "Whether context holds markers"),
  INCLUDE_CALLER_DATA(
      "includeCallerData", Kind.FLAG, "false", "Whether context holds class, method and line"),
  TRACE_ID_KEYS(
      "traceIdKeys", Kind.LIST, "trace_id,traceId", "Keys that hold the trace id, first found"),
  SPAN_ID_KEYS("spanIdKeys", Kind.LIST, "span_id,spanId", "Keys that hold the span id"),
  REDACT_KEYS(
      "redactKeys",
      Kind.LIST,
      "password,passwd,pwd,secret,token,authorization,cookie,api_key,apikey,api-key,private_key,"
          + "credential",
      "Keys whose values are never stored"),
  REDACT_PATTERNS(
      "redactPatterns", Kind.PATTERNS, "", "Regular expressions of text that is never stored"),

  ERROR_LEVEL(
      "errorLevel",
      Level.class,
      "error",
      "Least level of events that are errors, with a throwable"),
  OCCURRENCES_PER_SECOND(
      "occurrencesPerSecond",
      Kind.COUNT,
      "1000",
      1,
      1 << 20,
      "Rows that one bug gets in a second before it is sampled; counts stay exact"),
  IN_APP("inApp", Kind.PACKAGES, "", "Packages that are the application's, for fingerprints"),
  NOT_IN_APP("notInApp", Kind.PACKAGES, "", "Packages that are not, beside the known libraries"),
  FINGERPRINT_NORMALIZERS(
      "fingerprintNormalizers",
      Kind.NORMALIZERS,
      "",
      "What varies in names and messages, and what takes its place in a fingerprint"),
  FINGERPRINT(
      "fingerprint",
      Kind.FINGERPRINT,
      "",
      "What makes two errors the same, such as {{ default }}, {context.tenant}"),

  DIRECTORY("directory", Kind.PATH, "", "Folder for what the database could not take yet"),
  JOURNAL("journal", JournalMode.class, "outage", "Which batches go to the journal on disk"),
  FSYNC("fsync", Fsync.class, "none", "When the journal is forced to the disk"),
  JOURNAL_MAX_SIZE(
      "journalMaxSize",
      Kind.SIZE,
      "1 GiB",
      Unit.MIB,
      1L << 50,
      "Most that the journals of a service take together"),
  ON_JOURNAL_FULL(
      "onJournalFull",
      JournalFullPolicy.class,
      "refuse",
      "What becomes of a batch for which the journal has no room"),
  JOURNAL_SEGMENT_SIZE(
      "journalSegmentSize",
      Kind.SIZE,
      "16 MiB",
      64 * Unit.KIB,
      Unit.GIB,
      "Size of a file of the journal"),
  JOURNAL_KEEP_SENT(
      "journalKeepSent",
      Kind.SIZE,
      "16 MiB",
      0,
      1L << 50,
      "With journal=always: how much of what was sent is kept, to be sent again after a fail-over"),
  CONNECTION_TIMEOUT(
      "connectionTimeout", "5 s", 250, Unit.HOUR, "How long a connection may take to open"),
  SOCKET_TIMEOUT(
      "socketTimeout", "30 s", 1000, Unit.HOUR, "How long the database may be silent in a call"),
  LOCK_TIMEOUT("lockTimeout", "10 s", 1, Unit.HOUR, "How long a statement waits for a lock"),
  IDLE_IN_TRANSACTION_TIMEOUT(
      "idleInTransactionTimeout",
      "15 s",
      1000,
      Unit.HOUR,
      "After which the server ends a half-open transaction"),
  RETRY_MIN("retryMin", "100 ms", 1, Unit.HOUR, "First pause after a failure"),
  RETRY_MAX("retryMax", "30 s", 1, Unit.HOUR, "Longest pause after failures");

  /** How the text of a value is read, and the Java type it becomes. */
  public enum Kind {
    /** Any text but the empty one: {@code String}. */
    TEXT,
    /** Any text; empty is the same as not set: {@code String} or null. */
    OPTIONAL_TEXT,
    /** Likewise, but blanks around it count, and no message shows it: {@code String} or null. */
    SECRET,
    /** 1 to 40 of a-z, 0-9 and hyphens; empty: not set: {@code String} or null. */
    NAME,
    /** A JDBC URL of PostgreSQL, or of a driver that wraps pgjdbc: {@code String}. */
    URL,
    /**
     * A URL of HTTP, of which messages show the host only; empty: not set: {@code String} or null.
     */
    HTTP_URL,
    /** A PostgreSQL name, unquoted as typed, at most 63 bytes: {@code String}. */
    IDENTIFIER,
    /** A whole number: {@code Integer}. */
    COUNT,
    /** Whole numbers with commas between, may be empty: {@code List<Integer>}. */
    COUNTS,
    /** A number, also one like 0.5: {@code Double}. */
    DECIMAL,
    /** A whole number that is a power of two: {@code Integer}. */
    POWER_OF_TWO,
    /** Bytes, or a number with KiB, MiB or GiB (KB, MB and GB mean the same): {@code Long}. */
    SIZE,
    /** Milliseconds, or a number with ms, s, min, h or d: {@code Duration}. */
    DURATION,
    /** true or false: {@code Boolean}. */
    FLAG,
    /** One of a few names in any case: a constant of an enum. */
    CHOICE,
    /** Texts with commas between, may be empty: {@code List<String>}. */
    LIST,
    /** Regular expressions, one a line, may be empty: {@code List<Pattern>}. */
    PATTERNS,
    /** Packages or classes with commas between, may be empty: {@code List<String>}. */
    PACKAGES,
    /**
     * Regular expressions with their replacements, one a line, may be empty: {@code List<String>}.
     */
    NORMALIZERS,
    /** A text with variables in braces; empty: the default: {@code String} or null. */
    FINGERPRINT,
    /**
     * A text with the variables of a {@link dev.howdah.notify.MessageTemplate}; empty: not set:
     * {@code String} or null.
     */
    TEMPLATE,
    /** Two times of the day with a hyphen between; empty: not set. */
    QUIET_HOURS,
    /** A time zone; empty: that of the JVM: {@code ZoneId}. */
    TIME_ZONE,
    /** A file; empty: not set: {@code Path} or null. */
    FILE,
    /** A folder; empty stands for the default: {@code Path}. */
    PATH
  }

  private static final Map<String, Setting> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(s -> s.settingName, s -> s));

  private final String settingName;

  @SuppressWarnings("ImmutableEnumChecker") // It is; Error Prone can't see it.
  private final ValueFormat format;

  private final String defaultText;
  private final String meaning;

  /** One of an enum's constants. */
  Setting(
      String settingName, Class<? extends Enum<?>> choices, String defaultText, String meaning) {
    this(settingName, ValueFormat.oneOf(choices), defaultText, meaning);
  }

  /** A setting without a numeric range. */
  Setting(String settingName, Kind kind, String defaultText, String meaning) {
    this(settingName, ValueFormat.of(kind), defaultText, meaning);
  }

  /** A duration; the range is in milliseconds. */
  Setting(String settingName, String defaultText, long min, long max, String meaning) {
    this(settingName, Kind.DURATION, defaultText, min, max, meaning);
  }

  Setting(String settingName, Kind kind, String defaultText, long min, long max, String meaning) {
    this(settingName, ValueFormat.of(kind, min, max), defaultText, meaning);
  }

  Setting(String settingName, ValueFormat format, String defaultText, String meaning) {
    this.settingName = settingName;
    this.format = format;
    this.defaultText = defaultText;
    this.meaning = meaning;
  }

  /**
   * The setting of that name.
   *
   * @param name as in a configuration file, such as {@code batchSize}
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public static Setting named(String name) {
    Setting setting = BY_NAME.get(name);
    if (setting == null) {
      throw new IllegalArgumentException(
          "there is no setting '%s': it must be one of %s"
              .formatted(
                  name,
                  Arrays.stream(values())
                      .map(Setting::settingName)
                      .collect(Collectors.joining(", "))));
    }
    return setting;
  }

  /** The name used in configuration files. */
  public String settingName() {
    return settingName;
  }

  /** How its text is read. */
  public Kind kind() {
    return format.kind();
  }

  /** The default as a user would write it; empty for none, or for one found at run time. */
  public String defaultText() {
    return defaultText;
  }

  /** What it is for, in one line. */
  public String meaning() {
    return meaning;
  }

  /** What a value has to look like, to follow the words "it must be". */
  public String requirement() {
    return format.requirement();
  }

  /**
   * Reads a value.
   *
   * @param text as written by a user; blanks around it don't count, except in a password
   * @return an object of the type that {@link Kind} names; null for an empty {@link
   *     Kind#OPTIONAL_TEXT}
   * @throws IllegalArgumentException naming the setting, the value (never a password) and what
   *     would be right
   */
  @Nullable Object parse(String text) {
    return format.parse(settingName, text);
  }

  /** The default, read as any other value; null where there is none. */
  @Nullable Object defaultValue() {
    return this == URL ? null : parse(defaultText);
  }

  /** The text with passwords hidden, for messages and {@code toString()}. */
  String shown(String text) {
    return format.shown(text);
  }
}
