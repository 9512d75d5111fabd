package dev.howdah;

import dev.howdah.Setting.Kind;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.notify.MessageTemplate;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * What the values of a setting look like: reads a text, or says what is wrong with it in a message
 * that names the setting, the value (nothing of a secret) and what would be right. The tables
 * {@link Setting} and {@link ChannelSetting} are written in it.
 *
 * @param kind how a text is read
 * @param min least value, inclusive: bytes, milliseconds or a plain number
 * @param max greatest value, inclusive
 * @param choices of a {@link Kind#CHOICE}
 */
record ValueFormat(Kind kind, long min, long max, List<Enum<?>> choices) {

  private static final Pattern UNRESOLVED =
      Pattern.compile("\\$\\{[^}]*}|[\\w.-]+_IS_UNDEFINED\\b");
  private static final Pattern WRAPPED_URL = Pattern.compile("jdbc:(?:[\\w-]+:)+postgresql:.*");
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
  private static final Pattern DECIMAL_NUMBER = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("(?i)(password=)[^&]*|(//[^/@:]*:)[^/]*(?=@)");
  private static final String HIDDEN = "***";

  static ValueFormat of(Kind kind) {
    return of(kind, 0, 0);
  }

  static ValueFormat of(Kind kind, long min, long max) {
    return new ValueFormat(kind, min, max, List.of());
  }

  static ValueFormat oneOf(Class<? extends Enum<?>> choices) {
    return new ValueFormat(Kind.CHOICE, 0, 0, List.of(choices.getEnumConstants()));
  }

  /** What a value has to look like, to follow the words "it must be". */
  String requirement() {
    return switch (kind) {
      case TEXT -> "a text that is not empty";
      case OPTIONAL_TEXT, SECRET -> "a text";
      case NAME -> "1 to 40 of a-z, 0-9 and hyphens";
      case URL -> "a JDBC URL of PostgreSQL such as jdbc:postgresql://localhost:5432/app";
      case HTTP_URL -> "a URL such as https://example.com/path";
      case IDENTIFIER -> "a PostgreSQL name of 1 to 63 bytes that does not start with pg_";
      case COUNT -> "a whole number from %d to %d".formatted(min, max);
      case COUNTS -> "whole numbers from %d to %d with commas between".formatted(min, max);
      case DECIMAL -> "a number from %d to %d, such as 0.5".formatted(min, max);
      case POWER_OF_TWO -> "a power of two from %d to %d".formatted(min, max);
      case SIZE -> "a size from %s to %s, such as 64 MiB".formatted(Unit.size(min), Unit.size(max));
      case DURATION ->
          "a duration from %s to %s, such as 250 ms, 5 s, 1 min, 12 h or 30 d"
              .formatted(Unit.duration(min), Unit.duration(max));
      case FLAG -> "true or false";
      case CHOICE ->
          "one of "
              + choices.stream()
                  .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "));
      case LIST -> "a list of texts with commas between";
      case PATTERNS -> "regular expressions, one a line";
      case PACKAGES -> "packages or classes such as com.acme, with commas between";
      case NORMALIZERS ->
          "regular expressions with their replacements, one a line, such as: no-[a-z]+ => no";
      case FINGERPRINT ->
          "empty, or a text with {{ default }}, {context.KEY}, {logger}, {template} or {exception}";
      case TEMPLATE -> "a text with variables such as {title}, {service} or {context.KEY}";
      case QUIET_HOURS -> "two times of the day such as 22:00-07:00";
      case TIME_ZONE -> "a time zone such as Europe/Berlin";
      case FILE -> "the path of a file";
      case PATH -> "the path of a folder";
    };
  }

  /**
   * Reads a value.
   *
   * @param name of the setting, for the message
   * @param text as written by a user; blanks around it don't count, except in a secret
   * @return an object of the type that {@link Kind} names; null for an empty text where it allows
   *     that
   * @throws IllegalArgumentException naming the setting, the value and what would be right
   */
  @Nullable Object parse(String name, String text) {
    try {
      return read(text);
    } catch (Refusal e) {
      throw refuse(name, text, e.why);
    } catch (IllegalArgumentException e) {
      throw refuse(name, text, "");
    }
  }

  private @Nullable Object read(String text) {
    check(!UNRESOLVED.matcher(text).find(), "the variable in it has no value; ");
    String value = kind == Kind.SECRET ? text : text.strip();
    return switch (kind) {
      case TEXT -> matching(!value.isEmpty(), value);
      case OPTIONAL_TEXT, SECRET -> value.isEmpty() ? null : value;
      case NAME -> optional(value, name -> matching(NAME.matcher(name).matches(), name));
      case URL -> matching(isPostgresUrl(value), value);
      case HTTP_URL -> optional(value, url -> matching(isHttpUrl(url), url));
      case IDENTIFIER -> matching(isIdentifier(value), value);
      case COUNT -> (int) number(value, Unit.NONE);
      case COUNTS -> parts(value, ",").stream().map(part -> (int) number(part, Unit.NONE)).toList();
      case DECIMAL -> decimal(value);
      case POWER_OF_TWO -> {
        int number = (int) number(value, Unit.NONE);
        yield matching(Integer.bitCount(number) == 1, number);
      }
      case SIZE -> number(value, Unit.SIZES);
      case DURATION -> Duration.ofMillis(number(value, Unit.DURATIONS));
      case FLAG -> {
        boolean yes = value.equalsIgnoreCase("true");
        yield matching(yes || value.equalsIgnoreCase("false"), yes);
      }
      case CHOICE ->
          choices.stream()
              .filter(choice -> choice.name().equalsIgnoreCase(value))
              .findFirst()
              .orElseThrow(() -> new Refusal(""));
      case LIST -> parts(value, ",");
      case PATTERNS -> parts(value, "\\R").stream().map(ValueFormat::pattern).toList();
      case PACKAGES -> {
        List<String> packages = parts(value, ",");
        packages.forEach(each -> Fingerprinter.builder().inApp(each));
        yield packages;
      }
      case NORMALIZERS -> {
        List<String> lines = parts(value, "\\R");
        lines.forEach(line -> addNormalizer(line, Fingerprinter.builder()));
        yield lines;
      }
      case FINGERPRINT ->
          optional(
              value,
              template -> {
                Fingerprinter.builder().template(template);
                return template;
              });
      case TEMPLATE -> optional(value, ValueFormat::template);
      case QUIET_HOURS -> optional(value, QuietHours::parse);
      case TIME_ZONE -> value.isEmpty() ? ZoneId.systemDefault() : zone(value);
      case FILE -> optional(value, ValueFormat::path);
      case PATH -> value.isEmpty() ? defaultDirectory() : path(value);
    };
  }

  /** The text as others may see it, for messages and {@code toString()}. */
  String shown(String text) {
    return switch (kind) {
      case SECRET -> HIDDEN;
      case URL -> SECRET_IN_URL.matcher(text).replaceAll("$1$2***");
      case HTTP_URL -> hostOf(text);
      default -> text;
    };
  }

  /** What is behind the host may be a secret, as with Slack. */
  private static String hostOf(String url) {
    if (UNRESOLVED.matcher(url).matches()) {
      return url;
    }
    try {
      URI uri = new URI(url.strip());
      return uri.getHost() == null
          ? HIDDEN
          : uri.getScheme() + "://" + uri.getHost() + "/" + HIDDEN;
    } catch (URISyntaxException e) {
      return HIDDEN;
    }
  }

  private IllegalArgumentException refuse(String name, String text, String why) {
    return new IllegalArgumentException(
        "setting '%s' has the value '%s': %sit must be %s"
            .formatted(name, shown(text), why, requirement()));
  }

  /** Gives a builder one line of {@link Kind#NORMALIZERS}. */
  static void addNormalizer(String line, Fingerprinter.Builder to) {
    int arrow = line.lastIndexOf("=>");
    if (arrow < 0) {
      throw new IllegalArgumentException("no => in " + line);
    }
    to.normalizer(line.substring(0, arrow).strip(), line.substring(arrow + 2).strip());
  }

  private long number(String value, Map<String, Long> units) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value);
    check(matcher.matches(), "");
    String unitName = matcher.group(2).toLowerCase(Locale.ROOT);
    Long unit = units.get(unitName);
    if (unit == null && unitName.endsWith("s")) {
      unit = units.get(unitName.substring(0, unitName.length() - 1)); // seconds, hours, bytes
    }
    if (unit == null) {
      throw new Refusal("");
    }
    long count = Long.parseLong(matcher.group(1));
    // Compared before the multiplication, which could overflow.
    boolean small = count <= max / unit;
    return matching(small && count * unit >= min, count * unit);
  }

  private double decimal(String value) {
    check(DECIMAL_NUMBER.matcher(value).matches(), "");
    double number = Double.parseDouble(value);
    return matching(number >= min && number <= max, number);
  }

  private static Pattern pattern(String line) {
    try {
      return Pattern.compile(line);
    } catch (PatternSyntaxException e) {
      throw new Refusal(e.getDescription() + "; ");
    }
  }

  private static String template(String text) {
    try {
      MessageTemplate.of(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw new Refusal(e.getMessage() + "; ");
    }
  }

  /** Only names, since offsets have another sign in PostgreSQL. */
  private static ZoneId zone(String value) {
    check(ZoneId.getAvailableZoneIds().contains(value), "");
    return ZoneId.of(value);
  }

  private static Path path(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new Refusal(e.getReason() + "; ");
    }
  }

  private static <T> @Nullable T optional(String value, Function<String, T> reading) {
    return value.isEmpty() ? null : reading.apply(value);
  }

  private static List<String> parts(String value, String separator) {
    return Arrays.stream(value.split(separator, -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static <T> T matching(boolean valid, T value) {
    check(valid, "");
    return value;
  }

  private static void check(boolean valid, String why) {
    if (!valid) {
      throw new Refusal(why);
    }
  }

  /**
   * The driver itself says whether it can read it; a wrapping driver, such as AWS's, is trusted.
   */
  private static boolean isPostgresUrl(String value) {
    return WRAPPED_URL.matcher(value).matches()
        || (value.startsWith("jdbc:postgresql:") && Driver.parseURL(value, null) != null);
  }

  private static boolean isHttpUrl(String value) {
    URI uri = URI.create(value);
    return uri.getHost() != null
        && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
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

  /** Why a text is none of this format; nobody sees its trace. */
  private static final class Refusal extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    final String why;

    /** With a semicolon and a blank at the end, or empty. */
    Refusal(String why) {
      super(why);
      this.why = why;
    }
  }
}
