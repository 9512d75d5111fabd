package dev.howdah.chaos;

import dev.howdah.testkit.RecordedRequest;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a receiver got of the messages of one step: one is due for each bug.
 *
 * @param step where processes were killed
 * @param kills how often
 * @param messages messages due
 * @param once those received once
 * @param again those received more than once
 * @param lost those never received
 * @param requests all that was received
 * @param violations what should not have been, in words
 */
record Deliveries(
    KillStep step,
    int kills,
    int messages,
    int once,
    int again,
    int lost,
    int requests,
    List<String> violations) {

  /** What {@code notification_log} says of a message. */
  private record Logged(String outcome, int attempt, String key) {}

  /**
   * Counts, once nothing is to be sent any more.
   *
   * @param bugs fingerprints of what was thrown
   * @param requests all that was received, of other steps too
   */
  static Deliveries of(
      KillStep step,
      int kills,
      Set<String> bugs,
      List<RecordedRequest> requests,
      TestDatabase database) {
    Map<String, List<String>> received = received(requests);
    Map<String, List<Logged>> logged = logged(database);
    List<String> violations = new ArrayList<>();
    int once = 0;
    int again = 0;
    int all = 0;
    int takenInHand = 0;
    for (String bug : bugs) {
      List<String> keys = received.getOrDefault(bug, List.of());
      List<Logged> entries = logged.getOrDefault(bug, List.of());
      all += keys.size();
      once += keys.size() == 1 ? 1 : 0;
      again += keys.size() > 1 ? 1 : 0;
      takenInHand += entries.stream().mapToInt(Logged::attempt).sum();
      if (!agree(keys, entries)) {
        violations.add("%s: received %s, but logged %s".formatted(bug, keys, entries));
      }
    }
    // Each kill hits one message at most, and nothing else makes one be taken in hand again.
    if (takenInHand > bugs.size() + kills) {
      violations.add("%d claims of %d messages".formatted(takenInHand, bugs.size()));
    }
    int lost = bugs.size() - once - again;
    if (lost > 0) {
      violations.add(lost + " messages were never received");
    }
    int expected = step.isSeenTwice() ? kills : 0;
    if (step == KillStep.AT_RANDOM ? again > kills : again != expected) {
      violations.add("%d messages came again after %d kills".formatted(again, kills));
    }
    return new Deliveries(
        step,
        kills,
        bugs.size(),
        once,
        again,
        lost,
        all,
        violations.stream().map(wrong -> step.label() + ": " + wrong).toList());
  }

  /** One entry, of the key that came each time; what was claimed once only, came once only. */
  private static boolean agree(List<String> keys, List<Logged> entries) {
    return entries.size() == 1
        && entries.get(0).outcome().equals("sent")
        && Set.copyOf(keys).equals(Set.of(entries.get(0).key()))
        && keys.size() <= entries.get(0).attempt();
  }

  /** The keys that came for each bug. */
  private static Map<String, List<String>> received(List<RecordedRequest> requests) {
    Map<String, List<String>> received = new HashMap<>();
    for (RecordedRequest request : requests) {
      received
          .computeIfAbsent(bug(request), bug -> new ArrayList<>())
          .add(String.valueOf(request.header("Idempotency-Key")));
    }
    return received;
  }

  /** The bug that a request tells of. */
  static String bug(RecordedRequest request) {
    return JsonMapper.shared().readTree(request.body()).at("/issue/fingerprint").asString();
  }

  private static Map<String, List<Logged>> logged(TestDatabase database) {
    Map<String, List<Logged>> logged = new HashMap<>();
    for (List<String> row :
        database.query(
            """
            SELECT g.fingerprint, l.outcome, l.attempt, l.dedupe_key
            FROM monitoring.notification_log l
            JOIN monitoring.error_groups g ON g.group_id = l.group_id
            """)) {
      logged
          .computeIfAbsent(row.get(0), bug -> new ArrayList<>())
          .add(new Logged(row.get(1), Integer.parseInt(row.get(2)), row.get(3)));
    }
    return logged;
  }

  /** For people: a line for each step. */
  static String table(List<Deliveries> steps) {
    StringBuilder table = new StringBuilder();
    String form = "  %-17s %6s %9s %14s %27s %5s%n";
    table.append(
        form.formatted(
            "killed", "kills", "messages", "received once", "more than once (same key)", "lost"));
    for (Deliveries step : steps) {
      table.append(
          form.formatted(
              step.step.label(), step.kills, step.messages, step.once, step.again, step.lost));
    }
    return table.toString();
  }
}
