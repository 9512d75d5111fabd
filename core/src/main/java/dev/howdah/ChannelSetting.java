package dev.howdah;

import dev.howdah.Setting.Kind;
import dev.howdah.event.Level;
import dev.howdah.notify.EmailNotifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of notification channels in one table, as {@link Setting} has those of the
 * application: its name, its kind of value, its default as a user would write it, its range, its
 * meaning, and the kinds of channels that have it.
 *
 * <p>Ranges are inclusive; those of a {@link Kind#DURATION} are in milliseconds.
 */
public enum ChannelSetting {
  NAME("name", Kind.NAME, "", "Name of the channel, unique in the application; empty: its kind"),
  LEVEL("level", ValueFormat.oneOf(Level.class), "error", "Least level of errors it is told of"),
  NOTIFY_ON_OCCURRENCE(
      "notifyOnOccurrence",
      Kind.COUNTS,
      "1,100,200,300",
      1,
      Integer.MAX_VALUE,
      "Occurrences of an error that it is told of"),
  EVERY(
      "every",
      Kind.COUNT,
      "0",
      0,
      Integer.MAX_VALUE,
      "Tells of each so-manieth occurrence, too; 0: not"),
  REGRESSIONS("regressions", Kind.FLAG, "true", "Whether it is told that a resolved error is back"),
  SPIKE_FACTOR(
      "spikeFactor",
      Kind.DECIMAL,
      "10",
      0,
      1_000_000,
      "Tells of an error whose rate in five minutes is more than so many times its hourly mean; 0:"
          + " not"),
  SPIKE_FLOOR(
      "spikeFloor",
      Kind.COUNT,
      "50",
      1,
      Integer.MAX_VALUE,
      "Occurrences in five minutes below which there is no spike"),
  ERROR_RATE(
      "errorRate",
      Kind.DECIMAL,
      "0",
      0,
      1_000_000,
      "Tells of a service with more errors a second, over five minutes; 0: not"),
  SERVICES(
      "services", Kind.LIST, "", "Services whose errors it is told of, also with * at the end"),
  ENVIRONMENTS("environments", Kind.LIST, "", "Environments, likewise; empty: the application's"),
  EXCEPTION_TYPES("exceptionTypes", Kind.LIST, "", "Classes of exceptions, likewise; empty: all"),
  LOGGERS("loggers", Kind.LIST, "", "Loggers of an error's first occurrence, likewise; empty: all"),
  QUIET_HOURS(
      "quietHours", Kind.QUIET_HOURS, "", "When nothing is sent; a digest of it follows after"),
  TIME_ZONE("timeZone", Kind.TIME_ZONE, "", "Time zone of the quiet hours; empty: the JVM's"),
  MAX_PER_HOUR(
      "maxPerHour",
      Kind.COUNT,
      "30",
      0,
      1_000_000,
      "Messages in an hour; what is beyond comes in one digest; 0: any number"),
  CONTEXT_KEYS("contextKeys", Kind.LIST, "", "Keys of the error's context that messages show"),
  LINK("link", Kind.TEMPLATE, "", "Where people read on, such as https://wiki/{fingerprint}"),
  TIMEOUT("timeout", "15 s", Unit.SECOND, 10 * Unit.MINUTE, "How long sending a message may take"),
  GIVE_UP_AFTER(
      "giveUpAfter",
      "1 d",
      Unit.MINUTE,
      30 * Unit.DAY,
      "Age at which an unsent message is dropped"),

  SMTP_HOST("smtpHost", Kind.TEXT, "", "Mail server", Kinds.EMAIL),
  SMTP_PORT(
      "smtpPort",
      ValueFormat.of(Kind.COUNT, 1, 65_535),
      "",
      "Its port; empty: 587, or 465 with smtps, or 25 with none",
      Kinds.EMAIL),
  SECURITY(
      "security",
      ValueFormat.oneOf(EmailNotifier.Security.class),
      "starttls",
      "How the connection is encrypted",
      Kinds.EMAIL),
  EMAIL_USERNAME("username", Kind.OPTIONAL_TEXT, "", "User of the mail server", Kinds.EMAIL),
  EMAIL_PASSWORD("password", Kind.SECRET, "", "The user's password", Kinds.EMAIL),
  FROM_EMAIL("fromEmail", Kind.TEXT, "", "Sender's address", Kinds.EMAIL),
  TO_EMAILS("toEmails", Kind.TEXT, "", "Receivers' addresses, with commas between", Kinds.EMAIL),
  REPLY_TO("replyTo", Kind.OPTIONAL_TEXT, "", "Address that answers go to", Kinds.EMAIL),
  TRUSTED_CERTIFICATES(
      "trustedCertificates",
      Kind.FILE,
      "",
      "Certificates in PEM form that are trusted; empty: the JVM's",
      Kinds.EMAIL),
  SOCKS_HOST("socksHost", Kind.OPTIONAL_TEXT, "", "SOCKS proxy; empty: none", Kinds.EMAIL),
  SOCKS_PORT(
      "socksPort", ValueFormat.of(Kind.COUNT, 1, 65_535), "1080", "The proxy's port", Kinds.EMAIL),
  SUBJECT("subject", Kind.TEMPLATE, "", "Subject; empty: what happened, where", Kinds.EMAIL),

  WEBHOOK_URL("webhookUrl", Kind.HTTP_URL, "", "Slack's incoming webhook", Kinds.SLACK),

  URL("url", Kind.HTTP_URL, "", "Where messages are sent to", Kinds.WEBHOOK),
  METHOD("method", ValueFormat.oneOf(Method.class), "post", "Method of HTTP", Kinds.WEBHOOK),
  CONTENT_TYPE("contentType", Kind.TEXT, "application/json", "Type of the body", Kinds.WEBHOOK),
  BODY_TEMPLATE(
      "bodyTemplate", Kind.TEMPLATE, "", "Body; empty: JSON as the schema says", Kinds.WEBHOOK),
  HEADERS("headers", Kind.SECRET, "", "Own headers, lines like Name: value", Kinds.WEBHOOK),
  SECRET("secret", Kind.SECRET, "", "Key that signs messages; empty: unsigned", Kinds.WEBHOOK),

  ROUTING_KEY("routingKey", Kind.SECRET, "", "Key of the service's integration", Kinds.PAGERDUTY),
  EVENTS_URL(
      "url",
      Kind.HTTP_URL,
      "https://events.pagerduty.com/v2/enqueue",
      "PagerDuty's address; another one in the EU",
      Kinds.PAGERDUTY),

  FOLLOW_REDIRECTS(
      "followRedirects", Kind.FLAG, "false", "Whether a redirect is followed", Kinds.HTTP),
  ALLOW_PRIVATE_ADDRESSES(
      "allowPrivateAddresses",
      Kind.FLAG,
      "true",
      "Whether the address may be one of a private network",
      Kinds.HTTP),
  PROXY_HOST("proxyHost", Kind.OPTIONAL_TEXT, "", "Proxy; empty: the JVM's", Kinds.HTTP),
  PROXY_PORT(
      "proxyPort", ValueFormat.of(Kind.COUNT, 1, 65_535), "", "The proxy's port", Kinds.HTTP);

  /** Kinds of channels that have a setting, such as {@code slack}. */
  private static final class Kinds {
    static final List<String> EMAIL = List.of("email");
    static final List<String> SLACK = List.of("slack");
    static final List<String> WEBHOOK = List.of("webhook");
    static final List<String> PAGERDUTY = List.of("pagerduty");
    static final List<String> HTTP = List.of("slack", "webhook", "pagerduty");
  }

  private enum Method {
    POST,
    PUT
  }

  private final String settingName;

  @SuppressWarnings("ImmutableEnumChecker") // It is; Error Prone can't see it.
  private final ValueFormat format;

  private final String defaultText;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> kinds;

  /** Of every channel. */
  ChannelSetting(String settingName, Kind kind, String defaultText, String meaning) {
    this(settingName, ValueFormat.of(kind), defaultText, meaning);
  }

  /** Of every channel. */
  ChannelSetting(String settingName, ValueFormat format, String defaultText, String meaning) {
    this(settingName, format, defaultText, meaning, List.of());
  }

  /** A duration in milliseconds, of every channel. */
  ChannelSetting(String settingName, String defaultText, long min, long max, String meaning) {
    this(settingName, Kind.DURATION, defaultText, min, max, meaning);
  }

  /** Of every channel. */
  ChannelSetting(
      String settingName, Kind kind, String defaultText, long min, long max, String meaning) {
    this(settingName, ValueFormat.of(kind, min, max), defaultText, meaning);
  }

  ChannelSetting(
      String settingName, Kind kind, String defaultText, String meaning, List<String> kinds) {
    this(settingName, ValueFormat.of(kind), defaultText, meaning, kinds);
  }

  ChannelSetting(
      String settingName,
      ValueFormat format,
      String defaultText,
      String meaning,
      List<String> kinds) {
    this.settingName = settingName;
    this.format = format;
    this.defaultText = defaultText;
    this.meaning = meaning;
    this.kinds = kinds;
  }

  /**
   * The settings that a channel has.
   *
   * @param kind such as {@code slack}
   * @return those of every channel, and those of this kind; for a kind that a {@link
   *     dev.howdah.notify.NotifierFactory} makes, the first only
   */
  public static List<ChannelSetting> of(String kind) {
    return Arrays.stream(values())
        .filter(setting -> setting.kinds.isEmpty() || setting.kinds.contains(kind))
        .toList();
  }

  /** The kinds of channels that Howdah brings itself. */
  public static List<String> ownKinds() {
    return Arrays.stream(values()).flatMap(setting -> setting.kinds.stream()).distinct().toList();
  }

  /** The name used in configuration files. */
  public String settingName() {
    return settingName;
  }

  /** The kinds of channels that have it, such as {@code slack}; empty: every one. */
  public List<String> kinds() {
    return kinds;
  }

  /** How its text is read. */
  public Kind kind() {
    return format.kind();
  }

  /** The default as a user would write it; empty for none. */
  public String defaultText() {
    return defaultText;
  }

  /** Whether a channel can't do without it. */
  public boolean isRequired() {
    return switch (this) {
      case SMTP_HOST, FROM_EMAIL, TO_EMAILS, WEBHOOK_URL, URL, ROUTING_KEY -> true;
      default -> false;
    };
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
   * @param text as written by a user
   * @return an object of the type that {@link Kind} names; null where that may be
   * @throws IllegalArgumentException naming the setting, the value (never a secret) and what would
   *     be right
   */
  @Nullable Object parse(String text) {
    return format.parse(settingName, text);
  }
}
