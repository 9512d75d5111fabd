package dev.howdah.notify;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A notification as {@code webhook.schema.json} beside this class describes it, which is the
 * reference of every field. What is not known is left out.
 */
final class WebhookPayload {

  static final int VERSION = 1;

  private static final int MESSAGE = 8000;
  private static final int LINE = 1000;
  private static final int LINK = 4000;
  private static final int CONTEXT_KEYS = 100;

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  private WebhookPayload(Notification notification) {
    json.put("version", VERSION);
    json.put("dedupe_key", notification.dedupeKey());
    json.put("reason", notification.reason().code());
    json.put("created_at", notification.createdAt().toString());
    line(json, "headline", Wording.headline(notification));
  }

  static ObjectNode of(Notification notification) {
    ObjectNode json = new WebhookPayload(notification).json;
    Subject subject = notification.subject();
    if (subject instanceof Issue issue) {
      issue(issue, json.putObject("issue"));
    } else if (subject instanceof ErrorRate rate) {
      errorRate(rate, json.putObject("error_rate"));
    } else if (subject instanceof Digest digest) {
      digest(digest, json.putObject("digest"));
    } else if (subject instanceof Trial trial) {
      place(trial.service(), trial.environment(), json.putObject("test"));
    }
    return json;
  }

  private static void issue(Issue issue, ObjectNode to) {
    // A text: JavaScript's numbers would lose its last digits.
    to.put("group_id", Long.toString(issue.groupId()));
    line(to, "fingerprint", issue.fingerprint());
    place(issue.service(), issue.environment(), to);
    to.put("level", issue.level().name());
    line(to, "title", issue.title());
    line(to, "exception_type", issue.exceptionType());
    line(to, "culprit", issue.culprit());
    line(to, "release", issue.release());
    line(to, "assignee", issue.assignee());
    line(to, "changed_by", issue.changedBy());
    to.put("occurrences", issue.occurrences());
    if (issue.threshold() > 0) {
      to.put("threshold", issue.threshold());
    }
    to.put("first_seen", issue.firstSeen().toString());
    to.put("last_seen", issue.lastSeen().toString());
    link(to, issue.link());
    if (issue.latest() != null) {
      latest(issue.latest(), to.putObject("latest"));
    }
  }

  private static void latest(Issue.Latest latest, ObjectNode to) {
    if (latest.message() != null) {
      to.put("message", SafeText.lines(latest.message(), MESSAGE));
    }
    line(to, "host", latest.host());
    line(to, "trace_id", latest.traceId());
    lines(latest.frames(), to.putArray("frames"));
    ObjectNode context = to.putObject("context");
    latest.context().entrySet().stream().limit(CONTEXT_KEYS).forEach(entry -> put(entry, context));
  }

  private static void put(Map.Entry<String, String> entry, ObjectNode context) {
    line(context, SafeText.line(entry.getKey(), LINE), entry.getValue());
  }

  private static void errorRate(ErrorRate rate, ObjectNode to) {
    place(rate.service(), rate.environment(), to);
    to.put("per_second", rate.perSecond());
    to.put("limit", rate.limit());
    lines(rate.titles(), to.putArray("titles"));
  }

  private static void digest(Digest digest, ObjectNode to) {
    to.put("total", digest.total());
    ArrayNode entries = to.putArray("entries");
    for (Digest.Entry entry : digest.entries()) {
      ObjectNode one = entries.addObject();
      one.put("reason", entry.reason().code());
      line(one, "title", entry.title());
      place(entry.service(), entry.environment(), one);
      one.put("occurrences", entry.occurrences());
      link(one, entry.link());
    }
  }

  private static void place(String service, @Nullable String environment, ObjectNode to) {
    line(to, "service", service);
    line(to, "environment", environment);
  }

  private static void link(ObjectNode to, @Nullable String text) {
    String link = WebLink.of(text, LINK);
    if (link != null) {
      to.put("link", link);
    }
  }

  private static void line(ObjectNode to, String name, @Nullable String value) {
    if (value != null) {
      to.put(name, SafeText.line(value, LINE));
    }
  }

  private static void lines(List<String> from, ArrayNode to) {
    from.forEach(line -> to.add(SafeText.line(line, LINE)));
  }
}
