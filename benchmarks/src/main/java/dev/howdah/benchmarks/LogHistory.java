package dev.howdah.benchmarks;

import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A month of events in Howdah's own schema and partitions, made by the server: five services of
 * four instances that share nearly all of them, one that has one in 10,000. One percent are errors
 * with an exception, of 50 bugs; three are warnings. Ten events in a row have a trace id.
 */
final class LogHistory {

  private static final int DAYS = 30;

  private static final String DICTIONARIES =
      """
      SELECT make_partition(t.name::regclass, t.time, day::date)
      FROM (VALUES ('log_events', 'logged_at'), ('error_occurrences', 'occurred_at')) t (name, time)
      CROSS JOIN generate_series(
        (now() AT TIME ZONE 'UTC')::date - %d, (now() AT TIME ZONE 'UTC')::date, interval '1 day') day;
      INSERT INTO instances (
        instance_id, service, environment, release, host, pid, started_at, last_batch_at)
      SELECT n, CASE WHEN n < 20 THEN 'service-' || n / 4 ELSE 'reports' END, 'production', '1.4.2',
             'host-' || n, n, now() - interval '30 days', now()
      FROM generate_series(0, 20) n;
      INSERT INTO call_sites (site_id, logger, template)
      SELECT n, 'com.example.shop.Service' || n / 4, 'order {} of user {} took {} ms at {}'
      FROM generate_series(0, 199) n;
      INSERT INTO stack_traces (stack_id, stack_trace)
      SELECT md5(n::text)::uuid, repeat('at com.example.shop.Payment.call' || n || '(Payment.java)' || chr(10), 40)
      FROM generate_series(0, 49) n;
      INSERT INTO error_groups (
        group_id, fingerprint, service, environment, exception_type, title, culprit, level,
        occurrences, first_seen, last_seen)
      SELECT n, CASE n WHEN 0 THEN 'payment_timeout_error' WHEN 1 THEN 'database_connection_error' ELSE 'bug-' || n END,
             'service-' || n %% 5, 'production', 'java.lang.IllegalStateException', 'bug ' || n, 'call' || n,
             'ERROR', 1, now() - interval '30 days', now()
      FROM generate_series(0, 49) n;
      """
          .formatted(DAYS);

  private static final String EVENTS =
      """
      INSERT INTO log_events (
        logged_at, instance_id, seq, site_id, group_id, level, stack_id, thread, message, context,
        trace_id)
      SELECT now() - (%1$d - i) * (interval '29 days' / %1$d),
             CASE WHEN i %% 10000 = 7777 THEN 20 ELSE (i * 7) %% 20 END,
             i,
             -- A few call sites say most.
             (power(((i::bigint * 7919) %% 1000) / 1000.0, 4) * 200)::int,
             CASE WHEN i %% 100 = 3 THEN i / 100 %% 50 END,
             (CASE WHEN i %% 100 = 3 THEN 'ERROR' WHEN i %% 100 IN (5, 6, 7) THEN 'WARN'
                   WHEN i %% 10 = 1 THEN 'DEBUG' ELSE 'INFO' END)::log_level,
             CASE WHEN i %% 100 = 3 THEN md5((i / 100 %% 50)::text)::uuid END,
             'http-nio-8080-exec-' || i %% 32,
             'order ' || i || ' of user ' || i %% 1000 || ' took ' || i %% 500 || ' ms at 10.251.'
               || i %% 256 || ':50010',
             ('{"user_id": "user-' || i %% 1000 || '", "duration_ms": ' || i %% 500 || '}')::jsonb,
             md5((i / 10)::text)
      FROM generate_series(1, %1$d) i;
      INSERT INTO error_occurrences (
        occurred_at, instance_id, seq, group_id, stack_id, exception_type, message, context, trace_id)
      SELECT logged_at, instance_id, seq, group_id, stack_id, 'java.lang.IllegalStateException',
             message, context, trace_id
      FROM log_events
      WHERE group_id IS NOT NULL
      ORDER BY logged_at;
      """;

  /** As {@code maintain()} does on the day after each. */
  private static final String ENDED_DAYS =
      """
      SELECT brin_summarize_new_values(indexrelid)
      FROM pg_stat_user_indexes
      WHERE indexrelname LIKE 'log_events_p%trace_id_site_id_idx'
        AND relname < to_char(now() AT TIME ZONE 'UTC', '"log_events_p"YYYYMMDD');
      """;

  private LogHistory() {}

  static void write(TestDatabase database, int rows) throws SQLException {
    try (Connection connection = database.connect()) {
      new Migrator("monitoring").migrate(connection);
    }
    String path = "SET search_path TO monitoring, public;\n";
    database.execute(path + DICTIONARIES);
    database.execute(path + EVENTS.formatted(rows));
    database.execute(ENDED_DAYS);
  }
}
