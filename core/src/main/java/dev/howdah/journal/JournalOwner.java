package dev.howdah.journal;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose events a segment holds, told in full by each segment: another process may replay it.
 *
 * @param instanceId goes with every batch, also when another process replays it
 * @param service name of the application
 * @param environment such as production, or null
 * @param release version of the application, or null
 * @param host name of the machine, or null
 * @param pid process id
 * @param startedAt when the instance started
 */
public record JournalOwner(
    long instanceId,
    String service,
    @Nullable String environment,
    @Nullable String release,
    @Nullable String host,
    long pid,
    Instant startedAt) {

  /** All but the instance's id, which has a field of its own in the header. */
  byte[] toJson() {
    // A tree, not a bound record: that would need reflection, of which a native image is not told.
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("service", service);
    json.put("environment", environment);
    json.put("release", release);
    json.put("host", host);
    json.put("pid", pid);
    json.put("startedAt", startedAt.toString());
    return JsonMapper.shared().writeValueAsBytes(json);
  }

  /** Null when the text says something else. Fields that a later version adds are passed over. */
  static @Nullable JournalOwner fromJson(long instanceId, byte[] json) {
    try {
      JsonNode node = JsonMapper.shared().readTree(json);
      String service = text(node, "service");
      String startedAt = text(node, "startedAt");
      if (service == null || startedAt == null) {
        return null;
      }
      return new JournalOwner(
          instanceId,
          service,
          text(node, "environment"),
          text(node, "release"),
          text(node, "host"),
          node.path("pid").asLong(0),
          Instant.parse(startedAt));
    } catch (JacksonException | DateTimeException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.path(field).stringValueOpt().orElse(null);
  }
}
