package dev.howdah.cli;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  /** Adds logger, template and stack trace to a row. */
  void complete(ObjectNode row) {
    put(sites.get(row.path("site_id").longValue(0)), "logger", row, "logger");
    put(sites.get(row.path("site_id").longValue(0)), "template", row, "template");
    put(stacks.get(row.path("stack_id").stringValue("")), "text", row, "stack_trace");
  }

  private static void put(@Nullable JsonNode entry, String field, ObjectNode row, String column) {
    if (entry != null && entry.hasNonNull(field)) {
      row.set(column, entry.get(field));
    }
  }

  private static JsonNode entries(ByteBuilder json) {
    return JSON.readTree(
        "[" + new String(json.array(), 0, json.length(), StandardCharsets.UTF_8) + "]");
  }
}
