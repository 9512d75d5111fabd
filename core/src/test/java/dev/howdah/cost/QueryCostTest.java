package dev.howdah.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many pages of 8 KiB the everyday questions read, from memory or disk, of 100,000 events and
 * 1,000 errors in partitions of ten days. More than a handful each would grow with the table.
 * PostgreSQL 15 reads a few more than 18.
 */
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryCostTest {

  /** Days that are whole: of the first and the last there may be only a few rows. */
  private static final int WHOLE_DAYS = 8;

  private final TestDatabase db;

  QueryCostTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeAll
  void fill() throws SQLException {
    try (Connection connection = db.connect()) {
      new Migrator("monitoring").migrate(connection);
    }
    db.execute(
        """
        SET search_path = monitoring;
        INSERT INTO instances (instance_id, service, environment, started_at)
        SELECT n, (ARRAY['checkout', 'catalogue', 'accounts'])[n], 'production', now() - interval '10 days'
        FROM generate_series(1, 3) n;
        INSERT INTO call_sites (site_id, logger, template)
        SELECT n, 'com.example.Logger' || n, 'order {} of {}' FROM generate_series(1, 50) n;
        INSERT INTO log_events (logged_at, instance_id, seq, site_id, level, thread, message, context, trace_id)
        SELECT now() - (100000 - n) * interval '8 seconds', 1 + n % 3, n, 1 + n % 50,
               (CASE n % 20 WHEN 0 THEN 'WARN' WHEN 1 THEN 'DEBUG' ELSE 'INFO' END)::log_level,
               'exec-' || n % 10, 'order ' || n || ' of ann', '{"user_id": "ann"}', md5((n / 20)::text)
        FROM generate_series(1, 100000) n;
        INSERT INTO error_groups (group_id, fingerprint, service, environment, title, first_seen, last_seen, occurrences)
        SELECT n, 'v1:' || n, 'checkout', 'production', 'bug ' || n, now() - interval '10 days', now(), 50
        FROM generate_series(1, 20) n;
        INSERT INTO stack_traces (stack_id, stack_trace)
        SELECT md5(n::text)::uuid, repeat('at com.example.Shop.pay(Shop.java:' || n || ') ', 50)
        FROM generate_series(1, 20) n;
        INSERT INTO error_occurrences (occurred_at, instance_id, seq, group_id, stack_id, exception_type, message)
        SELECT now() - (1000 - n) * interval '800 seconds', 1 + n % 3, n, 1 + n % 20,
               md5((1 + n % 20)::text)::uuid, 'java.io.IOException', 'no answer'
        FROM generate_series(1, 1000) n;
        SELECT maintain();
        ANALYZE;
        """);
    // Sets the hint bits, and sums up what the block range index has not seen.
    db.execute("VACUUM monitoring.log_events");
    // As maintain() did on the day after each.
    db.execute(
        """
        SELECT brin_summarize_new_values(indexrelid)
        FROM pg_stat_user_indexes
        WHERE indexrelname LIKE 'log_events_p%trace_id_site_id_idx'
          AND relname < to_char(now() AT TIME ZONE 'UTC', '"log_events_p"YYYYMMDD');
        """);
    db.execute("VACUUM monitoring.error_occurrences");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the last 100            | 160 | SELECT logged_at, level, logger, message FROM logs ORDER BY logged_at DESC LIMIT 100
          the last 100 of service | 165 | SELECT logged_at, level, logger, message FROM logs WHERE service = 'checkout' ORDER BY logged_at DESC LIMIT 100
          the last 100 warnings   | 100 | SELECT logged_at, level, logger, message FROM logs WHERE level >= 'WARN' ORDER BY logged_at DESC LIMIT 100
          errors of the last day  | 20 | SELECT * FROM errors WHERE occurred_at > now() - interval '1 day' ORDER BY occurred_at DESC LIMIT 50
          unresolved issues       | 16 | SELECT * FROM issues WHERE status = 'unresolved' ORDER BY last_seen DESC LIMIT 50
          """)
  void aQuestionReadsFewPages(String question, long allowed, String sql) throws SQLException {
    long measured = pagesReadBy(sql);

    assertThat(measured)
        .as("pages read for '%s': measured %d, allowed %d", question, measured, allowed)
        .isPositive()
        .isLessThanOrEqualTo(allowed);
  }

  @Test
  void aTraceIsLookedForInTheBloomFilters() {
    assertThat(db.query("SELECT message FROM monitoring.trace(md5('2500'))"))
        .hasSize(20)
        .startsWith(List.of("order 50000 of ann"))
        .endsWith(List.of("order 50019 of ann"));

    // A session tells the server what it used when it ends; each day is asked once.
    await()
        .untilAsserted(
            () ->
                assertThat(
                        db.count(
                            """
                            SELECT sum(idx_scan)
                            FROM pg_stat_user_indexes
                            WHERE indexrelname LIKE 'log_events_p%_trace_id_site_id_idx'
                            """))
                    .isGreaterThanOrEqualTo(WHOLE_DAYS));
  }

  /**
   * The range of blocks that has it, the part of today that nobody has summed up, and the joins.
   */
  @Test
  void aTraceReadsFewPages() throws SQLException {
    // The function's own query: of a function EXPLAIN counts what planning reads, too.
    String sql =
        "SELECT * FROM logs WHERE trace_id = md5('2500') ORDER BY logged_at, instance_id, seq";
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET enable_seqscan = off");

      long measured = pagesReadBy(sql, statement);

      assertThat(measured).isPositive().isLessThanOrEqualTo(128 + 128 + 100);
    }
  }

  private long pagesReadBy(String sql) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      return pagesReadBy(sql, statement);
    }
  }

  private static long pagesReadBy(String sql, Statement statement) throws SQLException {
    try (ResultSet explained =
        statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + qualified(sql))) {
      explained.next();
      JsonNode plan = JsonMapper.shared().readTree(explained.getString(1)).at("/0/Plan");
      return plan.get("Shared Hit Blocks").asLong() + plan.get("Shared Read Blocks").asLong();
    }
  }

  private static String qualified(String sql) {
    return sql.replaceFirst("FROM (\\w+)", "FROM monitoring.$1");
  }
}
