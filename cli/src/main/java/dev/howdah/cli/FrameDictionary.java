package dev.howdah.cli;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Call sites and stack traces that the frames of a journal have brought so far. A row that refers
 * to one in an earlier journal, or in a frame that is damaged, keeps the bare id.
 */
final class FrameDictionary {

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<Long, JsonNode> sites = new HashMap<>();
  private final Map<String, JsonNode> stacks = new HashMap<>();

  /** Takes in what a frame brings. */
  void learn(Batch batch) {
    for (JsonNode site : entries(batch.sites())) {
      sites.put(site.path("id").longValue(), site);
    }
    for (JsonNode stack : entries(batch.stacks())) {
      stacks.put(stack.path("id").stringValue(""), stack);
    }
  }

  /** Puts logger, template and stack trace into a row, in place of the ids where it can. */
  void complete(ObjectNode row) {
    JsonNode site = sites.get(row.path("site_id").longValue(0));
    if (site != null) {
      row.remove("site_id");
      row.set("logger", site.get("logger"));
      row.set("template", site.get("template"));
    }
    JsonNode stack = stacks.get(row.path("stack_id").stringValue(""));
    if (stack != null) {
      row.set("stack_trace", stack.get("text"));
    }
  }

  private static JsonNode entries(ByteBuilder json) {
    return JSON.readTree(
        "[" + new String(json.array(), 0, json.length(), StandardCharsets.UTF_8) + "]");
  }
}
