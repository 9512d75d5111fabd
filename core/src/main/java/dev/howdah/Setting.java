package dev.howdah;

import dev.howdah.event.Level;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.pipeline.OverloadPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

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
  PASSWORD("password", Kind.OPTIONAL_TEXT, "", "The role's password"),
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
    /** A JDBC URL of PostgreSQL, or of a driver that wraps pgjdbc: {@code String}. */
    URL,
    /** A PostgreSQL name, unquoted as typed, at most 63 bytes: {@code String}. */
    IDENTIFIER,
    /** A whole number: {@code Integer}. */
    COUNT,
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
    /** A folder; empty stands for the default: {@code Path}. */
    PATH
  }

  /** Milliseconds and bytes in the units that the table is written in. */
  private static final class Unit {
    static final long SECOND = 1000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;
    static final long GIB = 1024 * MIB;

    private static final Map<String, Long> DURATIONS =
        Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("ms", 1L),
            Map.entry("millisecond", 1L),
            Map.entry("s", SECOND),
            Map.entry("sec", SECOND),
            Map.entry("second", SECOND),
            Map.entry("m", MINUTE),
            Map.entry("min", MINUTE),
            Map.entry("minute", MINUTE),
            Map.entry("h", HOUR),
            Map.entry("hour", HOUR),
            Map.entry("d", DAY),
            Map.entry("day", DAY));

    private static final Map<String, Long> SIZES =
        Map.of(
            "", 1L, "b", 1L, "byte", 1L, "k", KIB, "kb", KIB, "kib", KIB, "mb", MIB, "mib", MIB,
            "gb", GIB, "gib", GIB);
  }

  private static final Pattern UNRESOLVED =
      Pattern.compile("\\$\\{[^}]*}|[\\w.-]+_IS_UNDEFINED\\b");
  private static final Pattern WRAPPED_URL = Pattern.compile("jdbc:(?:[\\w-]+:)+postgresql:.*");
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("(?i)(password=)[^&]*|(//[^/@:]*:)[^/]*(?=@)");

  private static final Map<String, Setting> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(s -> s.settingName, s -> s));

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final Enum<?>[] choices;

  private final String settingName;
  private final Kind kind;
  private final String defaultText;
  private final long min;
  private final long max;
  private final String meaning;

  /** One of an enum's constants. */
  Setting(
      String settingName, Class<? extends Enum<?>> choices, String defaultText, String meaning) {
    this(settingName, Kind.CHOICE, defaultText, 0, 0, meaning, choices.getEnumConstants());
  }

  /** A setting without a numeric range. */
  Setting(String settingName, Kind kind, String defaultText, String meaning) {
    this(settingName, kind, defaultText, 0, 0, meaning);
  }

  /** A duration; the range is in milliseconds. */
  Setting(String settingName, String defaultText, long min, long max, String meaning) {
    this(settingName, Kind.DURATION, defaultText, min, max, meaning);
  }

  Setting(String settingName, Kind kind, String defaultText, long min, long max, String meaning) {
    this(settingName, kind, defaultText, min, max, meaning, new Enum<?>[0]);
  }

  Setting(
      String settingName,
      Kind kind,
      String defaultText,
      long min,
      long max,
      String meaning,
      Enum<?>[] choices) {
    this.choices = choices;
    this.settingName = settingName;
    this.kind = kind;
    this.defaultText = defaultText;
    this.min = min;
    this.max = max;
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
    return kind;
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
    return switch (kind) {
      case TEXT -> "a text that is not empty";
      case OPTIONAL_TEXT -> "a text";
      case URL -> "a JDBC URL of PostgreSQL such as jdbc:postgresql://localhost:5432/app";
      case IDENTIFIER -> "a PostgreSQL name of 1 to 63 bytes that does not start with pg_";
      case COUNT -> "a whole number from %d to %d".formatted(min, max);
      case POWER_OF_TWO -> "a power of two from %d to %d".formatted(min, max);
      case SIZE -> "a size from %s to %s, such as 64 MiB".formatted(size(min), size(max));
      case DURATION ->
          "a duration from %s to %s, such as 250 ms, 5 s, 1 min, 12 h or 30 d"
              .formatted(duration(min), duration(max));
      case FLAG -> "true or false";
      case CHOICE ->
          "one of "
              + Arrays.stream(choices)
                  .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "));
      case LIST -> "a list of texts with commas between";
      case PATTERNS -> "regular expressions, one a line";
      case PACKAGES -> "packages or classes such as com.acme, with commas between";
      case NORMALIZERS ->
          "regular expressions with their replacements, one a line, such as: no-[a-z]+ => no";
      case FINGERPRINT ->
          "empty, or a text with {{ default }}, {context.KEY}, {logger}, {template} or {exception}";
      case PATH -> "the path of a folder";
    };
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
    if (UNRESOLVED.matcher(text).find()) {
      throw refuse(text, "the variable in it has no value; ");
    }
    String value = this == PASSWORD ? text : text.strip();
    return switch (kind) {
      case TEXT -> check(!value.isEmpty(), text, value);
      case OPTIONAL_TEXT -> value.isEmpty() ? null : value;
      case URL -> check(isPostgresUrl(value), text, value);
      case IDENTIFIER -> check(isIdentifier(value), text, value);
      case COUNT -> (int) number(text, value, Map.of("", 1L));
      case POWER_OF_TWO -> {
        int number = (int) number(text, value, Map.of("", 1L));
        yield check(Integer.bitCount(number) == 1, text, number);
      }
      case SIZE -> number(text, value, Unit.SIZES);
      case DURATION -> Duration.ofMillis(number(text, value, Unit.DURATIONS));
      case FLAG -> {
        boolean yes = value.equalsIgnoreCase("true");
        yield check(yes || value.equalsIgnoreCase("false"), text, yes);
      }
      case CHOICE ->
          Arrays.stream(choices)
              .filter(choice -> choice.name().equalsIgnoreCase(value))
              .findFirst()
              .orElseThrow(() -> refuse(text, ""));
      case LIST -> parts(value, ",");
      case PATTERNS -> patterns(text, value);
      case PACKAGES -> {
        List<String> packages = parts(value, ",");
        yield checked(text, packages, each -> Fingerprinter.builder().inApp(each));
      }
      case NORMALIZERS -> checked(text, parts(value, "\\R"), Setting::normalizer);
      case FINGERPRINT ->
          value.isEmpty()
              ? null
              : checked(text, value, each -> Fingerprinter.builder().template(each));
      case PATH -> path(text, value);
    };
  }

  /** The default, read as any other value; null where there is none. */
  @Nullable Object defaultValue() {
    return switch (kind) {
      case URL -> null;
      case PATH -> defaultDirectory();
      default -> parse(defaultText);
    };
  }

  /** The text with passwords hidden, for messages and {@code toString()}. */
  String shown(String text) {
    return switch (this) {
      case PASSWORD -> "***";
      case URL -> SECRET_IN_URL.matcher(text).replaceAll("$1$2***");
      default -> text;
    };
  }

  private <T> T check(boolean valid, String text, T value) {
    if (!valid) {
      throw refuse(text, "");
    }
    return value;
  }

  private IllegalArgumentException refuse(String text, String why) {
    return new IllegalArgumentException(
        "setting '%s' has the value '%s': %sit must be %s"
            .formatted(settingName, shown(text), why, requirement()));
  }

  private long number(String text, String value, Map<String, Long> units) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value);
    if (!matcher.matches()) {
      throw refuse(text, "");
    }
    String unitName = matcher.group(2).toLowerCase(Locale.ROOT);
    Long unit = units.get(unitName);
    if (unit == null && unitName.endsWith("s")) {
      unit = units.get(unitName.substring(0, unitName.length() - 1)); // seconds, hours, bytes
    }
    if (unit == null) {
      throw refuse(text, "");
    }
    long count = Long.parseLong(matcher.group(1));
    // Compared before the multiplication, which could overflow.
    boolean small = count <= max / unit;
    return check(small && count * unit >= min, text, count * unit);
  }

  private List<Pattern> patterns(String text, String value) {
    try {
      return parts(value, "\\R").stream().map(Pattern::compile).toList();
    } catch (PatternSyntaxException e) {
      throw refuse(text, e.getDescription() + "; ");
    }
  }

  private List<String> checked(String text, List<String> values, Consumer<String> check) {
    values.forEach(value -> checked(text, value, check));
    return values;
  }

  private String checked(String text, String value, Consumer<String> check) {
    try {
      check.accept(value);
      return value;
    } catch (IllegalArgumentException e) {
      throw refuse(text, "");
    }
  }

  private static void normalizer(String line) {
    addNormalizer(line, Fingerprinter.builder());
  }

  /** Gives a builder one line of {@link Kind#NORMALIZERS}. */
  static void addNormalizer(String line, Fingerprinter.Builder to) {
    int arrow = line.lastIndexOf("=>");
    if (arrow < 0) {
      throw new IllegalArgumentException("no => in " + line);
    }
    to.normalizer(line.substring(0, arrow).strip(), line.substring(arrow + 2).strip());
  }

  private Path path(String text, String value) {
    try {
      return value.isEmpty() ? defaultDirectory() : Path.of(value);
    } catch (InvalidPathException e) {
      throw refuse(text, e.getReason() + "; ");
    }
  }

  private static List<String> parts(String value, String separator) {
    return Arrays.stream(value.split(separator, -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /**
   * The driver itself says whether it can read it; a wrapping driver, such as AWS's, is trusted.
   */
  private static boolean isPostgresUrl(String value) {
    return WRAPPED_URL.matcher(value).matches()
        || (value.startsWith("jdbc:postgresql:") && Driver.parseURL(value, null) != null);
  }

  private static boolean isIdentifier(String value) {
    return !value.isEmpty()
        && value.getBytes(StandardCharsets.UTF_8).length <= 63
        && value.indexOf('\0') < 0
        && !value.startsWith("pg_");
  }

  /** The user's state folder as the XDG base directory rules have it, else the temporary one. */
  private static Path defaultDirectory() {
    String state = System.getenv("XDG_STATE_HOME");
    if (state != null && state.startsWith("/")) {
      return Path.of(state, "howdah");
    }
    String home = System.getProperty("user.home", "");
    // A user without a home has "?" or "/" here.
    return home.length() > 1
        ? Path.of(home, ".local", "state", "howdah")
        : Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "howdah");
  }

  private static String size(long bytes) {
    if (bytes >= Unit.GIB) {
      return bytes / Unit.GIB + " GiB";
    }
    return bytes >= Unit.MIB ? bytes / Unit.MIB + " MiB" : bytes / Unit.KIB + " KiB";
  }

  private static String duration(long millis) {
    if (millis >= Unit.DAY) {
      return millis / Unit.DAY + " d";
    }
    if (millis >= Unit.HOUR) {
      return millis / Unit.HOUR + " h";
    }
    if (millis >= Unit.MINUTE) {
      return millis / Unit.MINUTE + " min";
    }
    return millis >= Unit.SECOND ? millis / Unit.SECOND + " s" : millis + " ms";
  }
}
