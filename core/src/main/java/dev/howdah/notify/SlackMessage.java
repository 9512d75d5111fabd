package dev.howdah.notify;

import dev.howdah.event.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A notification in Slack's Block Kit: a header, the facts in two columns, the error's message and
 * frames as code, where it comes from in small print, and a button. Receivers that know no blocks,
 * such as Mattermost, show {@code text}: the same headline, and the link.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Blocks and their limits</a>
 */
final class SlackMessage {

  private static final int HEADER = 150;
  private static final int TEXT = 3000;
  private static final int URL = 3000;
  private static final int FIELDS = 10;

  /** Less than Slack's 2000: beside each other, longer ones are read by nobody. */
  private static final int FIELD = 300;

  private static final int SECTIONS_OF_FIELDS = 3;
  private static final int MESSAGE = 1000;
  private static final int DIGEST_ENTRIES = 20;
  private static final int DIGEST_TITLE = 200;

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ArrayNode blocks;

  private SlackMessage(Notification notification) {
    String headline = Wording.headline(notification);
    json.put("text", Mrkdwn.plain(headline, TEXT / 2));
    blocks = json.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header");
    plain(header.putObject("text"), sign(notification) + headline, HEADER);
  }

  static ObjectNode of(Notification notification) {
    SlackMessage message = new SlackMessage(notification);
    Subject subject = notification.subject();
    if (subject instanceof Issue issue) {
      message.issue(issue);
    } else if (subject instanceof ErrorRate rate) {
      message.errorRate(rate);
    } else if (subject instanceof Digest digest) {
      message.digest(digest);
    }
    message.origin(notification);
    if (subject instanceof Issue issue) {
      message.link(issue.link());
    }
    return message.json;
  }

  private void issue(Issue issue) {
    facts(Wording.facts(issue));
    Issue.Latest latest = issue.latest();
    if (latest != null) {
      if (latest.message() != null && !latest.message().isBlank()) {
        section(Mrkdwn.block(latest.message(), MESSAGE));
      }
      if (!latest.frames().isEmpty()) {
        section(Mrkdwn.block(String.join("\n", latest.frames()), TEXT));
      }
    }
  }

  private void errorRate(ErrorRate rate) {
    if (!rate.titles().isEmpty()) {
      section(Mrkdwn.block(String.join("\n", lines(rate.titles())), TEXT));
    }
  }

  private static List<String> lines(List<String> titles) {
    return titles.stream().map(title -> SafeText.line(title, DIGEST_TITLE)).toList();
  }

  private void digest(Digest digest) {
    StringBuilder list = new StringBuilder();
    int shown = 0;
    for (Digest.Entry entry : digest.entries()) {
      String line = line(entry);
      if (shown == DIGEST_ENTRIES || list.length() + line.length() > TEXT) {
        break;
      }
      list.append(line);
      shown++;
    }
    if (shown > 0) {
      section(list.toString().stripTrailing());
    }
    if (digest.total() > shown) {
      section(String.format(Locale.ROOT, "… and %,d more", digest.total() - shown));
    }
  }

  private static String line(Digest.Entry entry) {
    String label = entry.reason().label();
    String link = WebLink.of(entry.link(), FIELD);
    return String.format(
        Locale.ROOT,
        "• %s: %s in %s, %,d times\n",
        link == null ? label : Mrkdwn.link(link, label),
        Mrkdwn.code(entry.title(), DIGEST_TITLE),
        Mrkdwn.plain(Wording.place(entry.service(), entry.environment()), DIGEST_TITLE),
        entry.occurrences());
  }

  private void facts(Map<String, String> facts) {
    List<Map.Entry<String, String>> left = new ArrayList<>(facts.entrySet());
    for (int i = 0; i < SECTIONS_OF_FIELDS && !left.isEmpty(); i++) {
      List<Map.Entry<String, String>> now = left.subList(0, Math.min(FIELDS, left.size()));
      ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
      now.forEach(
          fact ->
              mrkdwn(
                  fields.addObject(),
                  "*"
                      + Mrkdwn.plain(fact.getKey(), FIELD)
                      + "*\n"
                      + Mrkdwn.code(fact.getValue(), FIELD)));
      now.clear();
    }
  }

  private void section(String text) {
    mrkdwn(blocks.addObject().put("type", "section").putObject("text"), text);
  }

  private void origin(Notification notification) {
    ArrayNode elements = blocks.addObject().put("type", "context").putArray("elements");
    String text = "Howdah, " + Wording.time(notification.createdAt());
    plain(elements.addObject(), text, FIELD);
  }

  private void link(@Nullable String text) {
    String link = WebLink.of(text, URL);
    if (link != null) {
      json.put("text", json.get("text").asString() + "\n" + Mrkdwn.link(link, "Open"));
      ObjectNode actions = blocks.addObject().put("type", "actions");
      ObjectNode button = actions.putArray("elements").addObject().put("type", "button");
      plain(button.putObject("text"), "Open", FIELD);
      button.put("url", link).put("action_id", "open");
    }
  }

  private static void plain(ObjectNode text, String value, int max) {
    text.put("type", "plain_text").put("text", SafeText.line(value, max)).put("emoji", false);
  }

  /** Verbatim: Slack looks for no names and links that are not marked as such. */
  private static void mrkdwn(ObjectNode text, String value) {
    text.put("type", "mrkdwn").put("text", value).put("verbatim", true);
  }

  private static String sign(Notification notification) {
    if (notification.reason() == Reason.RESOLVED) {
      return "✅ ";
    }
    boolean severe =
        notification.subject() instanceof ErrorRate
            || (notification.subject() instanceof Issue issue
                && issue.level().isAtLeast(Level.ERROR));
    return severe ? "🔴 " : "";
  }
}
