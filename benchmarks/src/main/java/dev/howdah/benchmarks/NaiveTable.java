package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;

/**
 * What people make first: one table with a column of text for each fact, as the documentation of
 * Log4j2's JdbcAppender has it, filled with the same facts as Howdah's tables. Its indexes are the
 * primary key and, since every question about logs names a time, one on it.
 */
final class NaiveTable {

  static final String SCHEMA = "naive";

  private NaiveTable() {}

  static void create(TestDatabase database) {
    database.execute(
        """
        CREATE SCHEMA naive;
        CREATE TABLE naive.logs (
          id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          logged_at      timestamptz NOT NULL,
          level          text        NOT NULL,
          service        text,
          environment    text,
          release        text,
          host           text,
          pid            bigint,
          logger         text,
          template       text,
          thread         text,
          message        text,
          context        text,
          trace_id       text,
          span_id        text,
          exception_type text,
          stack_trace    text
        );
        CREATE INDEX ON naive.logs (logged_at);
        """);
  }

  /** Copies what the view {@code logs} has there, in its order of time. */
  static void fill(TestDatabase database) {
    database.execute(
        """
        INSERT INTO naive.logs (
          logged_at, level, service, environment, release, host, pid, logger, template, thread,
          message, context, trace_id, span_id, exception_type, stack_trace)
        SELECT l.logged_at, l.level, l.service, l.environment, l.release, l.host, l.pid, l.logger,
               l.template, l.thread, l.message, l.context, l.trace_id, l.span_id, g.exception_type,
               l.stack_trace
        FROM monitoring.logs l
        LEFT JOIN monitoring.error_groups g ON g.group_id = l.group_id
        ORDER BY l.logged_at
        """);
  }
}
