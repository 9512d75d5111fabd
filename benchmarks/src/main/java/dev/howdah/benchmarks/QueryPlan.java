package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server read for a query, by {@code EXPLAIN (ANALYZE, BUFFERS)}.
 *
 * @param millis what running it took, without planning it and sending the rows
 * @param buffers blocks of 8 KiB, from memory or from disk, each as often as it was looked up
 * @param partitions days that were looked into
 */
record QueryPlan(double millis, long buffers, int partitions) {

  static QueryPlan of(String sql, TestDatabase database) {
    String json =
        database.value("EXPLAIN (ANALYZE, BUFFERS, TIMING off, COSTS off, FORMAT JSON) " + sql);
    JsonNode explained = JsonMapper.shared().readTree(String.valueOf(json)).at("/0");
    JsonNode plan = explained.path("Plan");
    Set<String> partitions = new TreeSet<>();
    collect(plan, partitions);
    return new QueryPlan(
        explained.path("Execution Time").asDouble(),
        plan.path("Shared Hit Blocks").asLong() + plan.path("Shared Read Blocks").asLong(),
        partitions.size());
  }

  private static void collect(JsonNode node, Set<String> partitions) {
    String relation = node.path("Relation Name").asString("");
    if (relation.matches(".*_p\\d{8}") && node.path("Actual Loops").asDouble() > 0) {
      partitions.add(relation);
    }
    node.path("Plans").forEach(child -> collect(child, partitions));
  }
}
