package dev.howdah.notify;

import dev.howdah.event.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A notification as an event of PagerDuty's Events API v2.
 *
 * <table>
 * <caption>Which incident an event belongs to</caption>
 * <tr><td>a bug</td><td>one for each group, whatever the reason</td></tr>
 * <tr><td>an error rate</td><td>one for each service and environment</td></tr>
 * <tr><td>a digest, a test</td><td>one of its own, for each message</td></tr>
 * </table>
 *
 * @see <a href="https://developer.pagerduty.com/docs/events-api-v2/trigger-events/">Send an alert
 *     event</a>
 */
final class PagerDutyEvent {

  private static final int SUMMARY = 1024;
  private static final int TEXT = 1024;
  private static final int URL = 2048;
  private static final int DETAILS = 60;
  private static final int DIGEST_ENTRIES = 20;

  private PagerDutyEvent() {}

  static ObjectNode of(Notification notification, String routingKey) {
    String action =
        switch (notification.reason()) {
          case ASSIGNED -> "acknowledge";
          case RESOLVED -> "resolve";
          default -> "trigger";
        };
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("routing_key", routingKey);
    event.put("event_action", action);
    event.put("dedup_key", incident(notification));
    if (action.equals("trigger")) {
      payload(notification, event.putObject("payload"));
      event.put("client", "Howdah");
      if (notification.subject() instanceof Issue issue) {
        link(issue.link(), event);
      }
    }
    return event;
  }

  private static String incident(Notification notification) {
    Subject subject = notification.subject();
    if (subject instanceof Issue issue) {
      return "howdah-group-" + issue.groupId();
    }
    if (subject instanceof ErrorRate rate) {
      // Names may be of any length and script, keys not.
      String place = Wording.place(rate.service(), rate.environment());
      return "howdah-error-rate-" + UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
    }
    return "howdah-" + notification.dedupeKey();
  }

  private static void payload(Notification notification, ObjectNode to) {
    to.put("summary", SafeText.line(Wording.headline(notification), SUMMARY));
    to.put("severity", severity(notification.subject()));
    to.put("timestamp", notification.createdAt().toString());
    Subject subject = notification.subject();
    if (subject instanceof Issue issue) {
      issue(issue, to);
    } else if (subject instanceof ErrorRate rate) {
      place(rate.service(), rate.service(), rate.environment(), to);
      lines(rate.titles(), to.putObject("custom_details").putArray("Most frequent"));
    } else if (subject instanceof Digest digest) {
      to.put("source", "Howdah");
      lines(titles(digest), to.putObject("custom_details").putArray("Held back"));
    } else if (subject instanceof Trial trial) {
      place(trial.service(), trial.service(), trial.environment(), to);
    }
  }

  private static String severity(Subject subject) {
    if (subject instanceof Issue issue) {
      return severity(issue.level());
    }
    return subject instanceof ErrorRate ? "error" : "info";
  }

  private static String severity(Level level) {
    return switch (level) {
      case FATAL -> "critical";
      case ERROR -> "error";
      case WARN -> "warning";
      default -> "info";
    };
  }

  private static void issue(Issue issue, ObjectNode to) {
    Issue.Latest latest = issue.latest();
    String host = latest == null ? null : latest.host();
    place(
        Objects.requireNonNullElse(host, issue.service()),
        issue.service(),
        issue.environment(),
        to);
    line("class", issue.exceptionType(), to);
    ObjectNode details = to.putObject("custom_details");
    Wording.facts(issue).entrySet().stream().limit(DETAILS).forEach(fact -> detail(fact, details));
    if (latest != null) {
      if (latest.message() != null) {
        details.put("Message", SafeText.lines(latest.message(), TEXT));
      }
      lines(latest.frames(), details.putArray("Frames"));
    }
  }

  private static void detail(Map.Entry<String, String> fact, ObjectNode details) {
    line(SafeText.line(fact.getKey(), TEXT), fact.getValue(), details);
  }

  private static void place(
      String source, String service, @Nullable String environment, ObjectNode to) {
    line("source", source, to);
    line("component", service, to);
    line("group", environment, to);
  }

  private static List<String> titles(Digest digest) {
    return digest.entries().stream()
        .limit(DIGEST_ENTRIES)
        .map(entry -> entry.reason().label() + ": " + entry.title() + " in " + entry.service())
        .toList();
  }

  private static void link(@Nullable String text, ObjectNode event) {
    String link = WebLink.of(text, URL);
    if (link != null) {
      event.put("client_url", link);
      event.putArray("links").addObject().put("href", link).put("text", "Open");
    }
  }

  private static void line(String name, @Nullable String value, ObjectNode to) {
    if (value != null) {
      to.put(name, SafeText.line(value, TEXT));
    }
  }

  private static void lines(List<String> from, ArrayNode to) {
    from.forEach(line -> to.add(SafeText.line(line, TEXT)));
  }
}
