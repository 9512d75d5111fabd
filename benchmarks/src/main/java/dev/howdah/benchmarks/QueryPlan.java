package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server read for a query, by {@code EXPLAIN (ANALYZE, BUFFERS)}.
 *
 * @param millis what running it took, without planning it and sending the rows
 * @param buffers blocks of 8 KiB, from memory or from disk, each as often as it was looked up
 * @param partitions days that were looked into
 * @param reads buffers of each scan of an index or a table, those of all days together
 */
record QueryPlan(double millis, long buffers, int partitions, Map<String, Long> reads) {

  private static final String DAY = "_p\\d{8}";

  static QueryPlan of(String sql, TestDatabase database) {
    String json =
        database.value("EXPLAIN (ANALYZE, BUFFERS, TIMING off, COSTS off, FORMAT JSON) " + sql);
    JsonNode explained = JsonMapper.shared().readTree(String.valueOf(json)).at("/0");
    JsonNode plan = explained.path("Plan");
    Set<String> partitions = new TreeSet<>();
    Map<String, Long> reads = new TreeMap<>();
    collect(plan, partitions, reads);
    return new QueryPlan(
        explained.path("Execution Time").asDouble(), buffers(plan), partitions.size(), reads);
  }

  private static void collect(JsonNode node, Set<String> partitions, Map<String, Long> reads) {
    String relation = node.path("Relation Name").asString("");
    String read = node.path("Index Name").asString(relation);
    if (!read.isEmpty() && node.path("Actual Loops").asDouble() > 0) {
      String scan = node.path("Node Type").asString("").toLowerCase(Locale.ROOT);
      reads.merge(scan + " of " + read.replaceFirst(DAY, "_p*"), ownBuffers(node), Long::sum);
      if (relation.matches(".*" + DAY)) {
        partitions.add(relation);
      }
    }
    node.path("Plans").forEach(child -> collect(child, partitions, reads));
  }

  private static long ownBuffers(JsonNode node) {
    long buffers = buffers(node);
    for (JsonNode child : node.path("Plans")) {
      buffers -= buffers(child);
    }
    return buffers;
  }

  private static long buffers(JsonNode node) {
    return node.path("Shared Hit Blocks").asLong() + node.path("Shared Read Blocks").asLong();
  }

  /** What was read, most first. */
  String described() {
    return reads.entrySet().stream()
        .filter(read -> read.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(read -> "%s: %,d".formatted(read.getKey(), read.getValue()))
        .collect(Collectors.joining(", "));
  }
}
