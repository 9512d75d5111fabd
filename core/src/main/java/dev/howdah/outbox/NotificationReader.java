package dev.howdah.outbox;

import dev.howdah.event.Level;
import dev.howdah.notify.Digest;
import dev.howdah.notify.ErrorRate;
import dev.howdah.notify.Issue;
import dev.howdah.notify.MessageTemplate;
import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.Reason;
import dev.howdah.notify.Subject;
import dev.howdah.notify.Trial;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes of a row of the outbox what a channel is to tell. */
final class NotificationReader {

  private final NotificationRules rules;
  private final AppFrames frames;
  private final @Nullable MessageTemplate link;

  NotificationReader(NotificationRules rules, AppFrames frames) {
    this.rules = rules;
    this.frames = frames;
    link = rules.link() == null ? null : MessageTemplate.of(rules.link());
  }

  Notification read(Message message) {
    return notification(message.reason(), subject(message), message);
  }

  private static Notification notification(Reason reason, Subject subject, Message message) {
    return new Notification(message.dedupeKey(), reason, subject, message.createdAt());
  }

  private Subject subject(Message message) {
    JsonNode facts = message.facts();
    return switch (message.reason()) {
      case ERROR_RATE ->
          new ErrorRate(
              text(facts, "service"),
              optional(facts, "environment"),
              facts.path("per_second").asDouble(0),
              facts.path("limit").asDouble(0),
              titles(facts));
      case DIGEST -> digest(message);
      case TEST -> new Trial(text(facts, "service"), optional(facts, "environment"));
      case NEW, MILESTONE, REGRESSION, SPIKE, AWAKENED, ASSIGNED, RESOLVED ->
          linked(
              message.reason(),
              issue(message.groupId(), facts, latest(message.occurrence())),
              message);
    };
  }

  private Digest digest(Message message) {
    JsonNode facts = message.facts();
    List<Digest.Entry> entries = new ArrayList<>();
    for (JsonNode entry : facts.path("entries")) {
      Reason reason = Reason.ofCode(text(entry, "reason"));
      if (reason == Reason.ERROR_RATE) {
        entries.add(
            new Digest.Entry(
                reason,
                String.join("; ", titles(entry)),
                text(entry, "service"),
                optional(entry, "environment"),
                0,
                null));
      } else {
        Issue issue = linked(reason, issue(0, entry, null), message);
        entries.add(
            new Digest.Entry(
                reason,
                issue.title(),
                issue.service(),
                issue.environment(),
                issue.occurrences(),
                issue.link()));
      }
    }
    return new Digest(facts.path("total").asLong(0), entries);
  }

  private Issue issue(long groupId, JsonNode facts, Issue.@Nullable Latest latest) {
    return new Issue(
        groupId,
        text(facts, "fingerprint"),
        text(facts, "service"),
        optional(facts, "environment"),
        Level.valueOf(text(facts, "level")),
        optional(facts, "exception_type"),
        text(facts, "title"),
        optional(facts, "culprit"),
        optional(facts, "assignee"),
        optional(facts, "changed_by"),
        facts.path("occurrences").asLong(0),
        facts.path("threshold").asLong(0),
        time(facts, "first_seen"),
        time(facts, "last_seen"),
        optional(facts, "release"),
        latest,
        null);
  }

  private Issue linked(Reason reason, Issue issue, Message message) {
    return link == null
        ? issue
        : issue.withLink(
            link.fill(notification(reason, issue, message), NotificationReader::inUrl));
  }

  private static String inUrl(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Issue.@Nullable Latest latest(Message.@Nullable Occurrence occurrence) {
    if (occurrence == null) {
      return null;
    }
    Map<String, String> context = new LinkedHashMap<>();
    for (String key : rules.contextKeys()) {
      JsonNode value = occurrence.context().path(key);
      if (!value.isMissingNode() && !value.isNull()) {
        context.put(key, value.isString() ? value.asString() : value.toString());
      }
    }
    return new Issue.Latest(
        occurrence.message(),
        occurrence.host(),
        occurrence.traceId(),
        frames.of(occurrence.stackTrace()),
        context);
  }

  private static List<String> titles(JsonNode facts) {
    return facts.path("titles").valueStream().map(JsonNode::asString).toList();
  }

  private static String text(JsonNode facts, String name) {
    String text = optional(facts, name);
    return text == null ? "" : text;
  }

  private static @Nullable String optional(JsonNode facts, String name) {
    JsonNode value = facts.path(name);
    return value.isMissingNode() || value.isNull() ? null : value.asString();
  }

  private static Instant time(JsonNode facts, String name) {
    return OffsetDateTime.parse(text(facts, name)).toInstant();
  }
}
