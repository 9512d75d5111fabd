package dev.howdah.notify;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says a notification in words that all channels share; escaping and cutting is theirs. */
final class Wording {

  private static final String FINGERPRINT = "Fingerprint";

  private Wording() {}

  /** One line: {@code New: NullPointerException: boom in checkout (production)}. */
  static String headline(Notification notification) {
    String label = notification.reason().label();
    Subject subject = notification.subject();
    if (subject instanceof Issue issue) {
      String count =
          issue.threshold() > 1
              ? String.format(Locale.ROOT, " (%,d times)", issue.threshold())
              : "";
      return label
          + count
          + ": "
          + issue.title()
          + " in "
          + place(issue.service(), issue.environment());
    }
    if (subject instanceof ErrorRate rate) {
      return String.format(
          Locale.ROOT,
          "%s: %.2f errors/s in %s, allowed are %.2f",
          label,
          rate.perSecond(),
          place(rate.service(), rate.environment()),
          rate.limit());
    }
    if (subject instanceof Digest digest) {
      return label + ": " + digest.total() + " messages were held back";
    }
    Trial trial = (Trial) subject;
    return label + ": Howdah of " + place(trial.service(), trial.environment()) + " can reach you";
  }

  /** The facts that people act on, by label, in the order of their worth. */
  static Map<String, String> facts(Issue issue) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "Culprit", issue.culprit());
    put(facts, "Service", issue.service());
    put(facts, "Environment", issue.environment());
    put(facts, "Release", issue.release());
    put(facts, "Occurrences", String.format(Locale.ROOT, "%,d", issue.occurrences()));
    put(facts, "First seen", time(issue.firstSeen()));
    put(facts, "Last seen", time(issue.lastSeen()));
    put(facts, "Assignee", issue.assignee());
    put(facts, "By", issue.changedBy());
    Issue.Latest latest = issue.latest();
    if (latest != null) {
      put(facts, "Host", latest.host());
      put(facts, "Trace", latest.traceId());
      // A key of the application's that is called like a fact takes nothing's place.
      latest
          .context()
          .forEach(
              (key, value) ->
                  put(
                      facts,
                      facts.containsKey(key) || key.equals(FINGERPRINT) ? "context " + key : key,
                      value));
    }
    put(facts, FINGERPRINT, issue.fingerprint());
    return facts;
  }

  static String place(String service, @Nullable String environment) {
    return environment == null ? service : service + " (" + environment + ")";
  }

  /** UTC, to the second. */
  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  private static void put(Map<String, String> facts, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.put(label, value);
    }
  }
}
