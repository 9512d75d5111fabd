package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A way to keep log events or stack traces that is not, or need not be, the default.
 *
 * @param name in the table
 * @param yardstick the variant it is compared with
 * @param definition statements that make the empty table {@code variants.t}
 * @param source a query for its rows
 * @param transactionBytes what one transaction brings
 * @param synchronousCommit whether a commit waits for the disk
 */
record Variant(
    String name,
    String yardstick,
    String definition,
    String source,
    int transactionBytes,
    boolean synchronousCommit) {

  static final int MIB = 1 << 20;
  static final String DEFAULT = "default";
  static final String PGLZ = "stacks, pglz";

  private static final String EVENTS = "SELECT %s FROM monitoring.log_events ORDER BY seq";
  private static final String TABLE =
      "CREATE TABLE variants.t (LIKE monitoring.log_events INCLUDING DEFAULTS);\n";
  private static final String TIME = "CREATE INDEX ON variants.t (logged_at);\n";
  private static final String DEFAULT_INDEXES =
      TIME
          + """
            CREATE INDEX ON variants.t (logged_at) WHERE level >= 'WARN';
            CREATE INDEX ON variants.t USING brin (trace_id %s, site_id int8_bloom_ops);
            """;
  private static final String UNTOUCHED_RANGE =
      "SET search_path TO monitoring, public; SELECT leave_first_range('variants.t');\n";

  /** Which indexes, and of which types context and trace id are. */
  static List<Variant> ofTables() {
    String defaults = DEFAULT_INDEXES.formatted("text_bloom_ops") + UNTOUCHED_RANGE;
    List<Variant> variants = new ArrayList<>();
    variants.add(events(DEFAULT, defaults, "*"));
    variants.add(events("no index", "", "*"));
    variants.add(events("write-heavy: logged_at", TIME, "*"));
    variants.add(
        events("first range summarised", DEFAULT_INDEXES.formatted("text_bloom_ops"), "*"));
    variants.add(
        events(
            "+ service_tail.sql",
            defaults + "CREATE INDEX ON variants.t (instance_id, seq);",
            "*"));
    variants.add(
        events("+ btree (trace_id)", defaults + "CREATE INDEX ON variants.t (trace_id);", "*"));
    variants.add(
        events(
            "+ context_gin.sql",
            defaults + "CREATE INDEX ON variants.t USING gin (context);",
            "*"));
    variants.add(
        events(
            "search: + both GIN",
            defaults
                + """
                  CREATE EXTENSION IF NOT EXISTS pg_trgm;
                  CREATE INDEX ON variants.t USING gin (context);
                  CREATE INDEX ON variants.t USING gin (message gin_trgm_ops);
                  """,
            "*"));
    variants.add(
        events(
            "context json",
            "ALTER TABLE variants.t ALTER context TYPE json;" + defaults,
            columns("context::json", "trace_id")));
    variants.add(
        events(
            "trace id bytea",
            "ALTER TABLE variants.t ALTER trace_id TYPE bytea USING NULL;"
                + DEFAULT_INDEXES.formatted("bytea_bloom_ops")
                + UNTOUCHED_RANGE,
            columns("context", "decode(trace_id, 'hex')")));
    variants.add(
        events(
            "trace id uuid",
            "ALTER TABLE variants.t ALTER trace_id TYPE uuid USING NULL;"
                + DEFAULT_INDEXES.formatted("uuid_bloom_ops")
                + UNTOUCHED_RANGE,
            columns("context", "trace_id::uuid")));
    return variants;
  }

  /** How stack traces are compressed: each is a text of its own. */
  static List<Variant> ofStacks() {
    List<Variant> variants = new ArrayList<>();
    for (String method : new String[] {"pglz", "lz4"}) {
      variants.add(
          new Variant(
              "stacks, " + method,
              PGLZ,
              "CREATE TABLE variants.t (stack_id uuid PRIMARY KEY, stack_trace text COMPRESSION "
                  + method
                  + ")",
              """
              SELECT md5(n || s.stack_trace)::uuid, n || s.stack_trace
              FROM (SELECT * FROM monitoring.stack_traces ORDER BY stack_id LIMIT 20) s
              CROSS JOIN generate_series(1, 200) n
              """,
              MIB,
              false));
    }
    return variants;
  }

  /** Sizes of transactions, with and without waiting for the disk. */
  static List<Variant> ofTransactions() {
    List<Variant> variants = new ArrayList<>();
    for (boolean synchronous : new boolean[] {false, true}) {
      for (int kib : new int[] {64, 256, 1024, 4096}) {
        variants.add(
            new Variant(
                transactions(kib, synchronous),
                transactions(1024, false),
                TABLE + DEFAULT_INDEXES.formatted("text_bloom_ops") + UNTOUCHED_RANGE,
                EVENTS.formatted("*"),
                kib * 1024,
                synchronous));
      }
    }
    return variants;
  }

  private static String transactions(int kib, boolean synchronous) {
    return "%d KiB, commit %s".formatted(kib, synchronous ? "waits for disk" : "doesn't wait");
  }

  private static Variant events(String name, String definition, String columns) {
    return new Variant(name, DEFAULT, TABLE + definition, EVENTS.formatted(columns), MIB, false);
  }

  /** In the table's order. */
  private static String columns(String context, String traceId) {
    return "logged_at, instance_id, seq, site_id, group_id, level, stack_id, thread, message, "
        + context
        + ", "
        + traceId
        + ", span_id";
  }
}
