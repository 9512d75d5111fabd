package dev.howdah.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with variables in braces, such as {@code https://wiki/errors/{fingerprint}}: {@code
 * {headline}}, {@code {reason}}, {@code {dedupe_key}}, and of a bug {@code {fingerprint}}, {@code
 * {title}}, {@code {exception_type}}, {@code {culprit}}, {@code {service}}, {@code {environment}},
 * {@code {release}}, {@code {level}}, {@code {occurrences}}, {@code {threshold}}, {@code
 * {first_seen}}, {@code {last_seen}}, {@code {assignee}}, {@code {message}}, {@code {host}}, {@code
 * {trace_id}}, {@code {link}} and {@code {context.KEY}}. One that has no value is empty. Other
 * braces stay as they are. Immutable.
 */
public final class MessageTemplate {

  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+|context\\.[^{}\\s]+)}");

  private static final Set<String> NAMES =
      Set.of(
          "headline",
          "reason",
          "dedupe_key",
          "fingerprint",
          "title",
          "exception_type",
          "culprit",
          "service",
          "environment",
          "release",
          "level",
          "occurrences",
          "threshold",
          "first_seen",
          "last_seen",
          "assignee",
          "message",
          "host",
          "trace_id",
          "link");

  private final String text;

  private MessageTemplate(String text) {
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @param text with variables
   * @return the template
   * @throws IllegalArgumentException naming a variable that does not exist
   */
  public static MessageTemplate of(String text) {
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!name.startsWith("context.") && !NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "there is no variable {" + name + "}: there are " + String.join(", ", sorted()));
      }
    }
    return new MessageTemplate(text);
  }

  /**
   * Puts the values in.
   *
   * @param notification where they come from
   * @param escape makes a value harmless for where the text goes
   * @return the text
   */
  public String fill(Notification notification, UnaryOperator<String> escape) {
    Map<String, String> values = values(notification);
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(escape.apply(values.getOrDefault(found.group(1), ""))));
  }

  private static Map<String, String> values(Notification notification) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("headline", Wording.headline(notification));
    values.put("reason", notification.reason().code());
    values.put("dedupe_key", notification.dedupeKey());
    Subject subject = notification.subject();
    if (subject instanceof Issue issue) {
      values.putAll(values(issue));
    } else if (subject instanceof ErrorRate rate) {
      values.put("service", rate.service());
      put(values, "environment", rate.environment());
    } else if (subject instanceof Trial trial) {
      values.put("service", trial.service());
      put(values, "environment", trial.environment());
    }
    return values;
  }

  private static Map<String, String> values(Issue issue) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("fingerprint", issue.fingerprint());
    values.put("title", issue.title());
    put(values, "exception_type", issue.exceptionType());
    put(values, "culprit", issue.culprit());
    values.put("service", issue.service());
    put(values, "environment", issue.environment());
    put(values, "release", issue.release());
    values.put("level", issue.level().name());
    values.put("occurrences", Long.toString(issue.occurrences()));
    values.put("threshold", Long.toString(issue.threshold()));
    values.put("first_seen", issue.firstSeen().toString());
    values.put("last_seen", issue.lastSeen().toString());
    put(values, "assignee", issue.assignee());
    put(values, "link", issue.link());
    Issue.Latest latest = issue.latest();
    if (latest != null) {
      put(values, "message", latest.message());
      put(values, "host", latest.host());
      put(values, "trace_id", latest.traceId());
      latest.context().forEach((key, value) -> values.put("context." + key, value));
    }
    return values;
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  private static Iterable<String> sorted() {
    return NAMES.stream().sorted().toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
