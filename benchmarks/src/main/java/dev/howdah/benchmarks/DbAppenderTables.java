package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;

/**
 * The three tables of Logback's DBAppender, by its own script for PostgreSQL, filled with the same
 * facts as Howdah's: service and host are properties of each event there, as context and trace id
 * are, and each line of a stack trace is a row. Caller data and single arguments, which it would
 * store too, are left out.
 */
final class DbAppenderTables {

  static final String SCHEMA = "dbappender";

  private DbAppenderTables() {}

  static void create(TestDatabase database) {
    database.execute(
        """
        CREATE SCHEMA dbappender;
        SET search_path TO dbappender;
        CREATE SEQUENCE logging_event_id_seq MINVALUE 1 START 1;
        CREATE TABLE logging_event (
          timestmp          BIGINT NOT NULL,
          formatted_message TEXT NOT NULL,
          logger_name       VARCHAR(254) NOT NULL,
          level_string      VARCHAR(254) NOT NULL,
          thread_name       VARCHAR(254),
          reference_flag    SMALLINT,
          arg0              VARCHAR(254),
          arg1              VARCHAR(254),
          arg2              VARCHAR(254),
          arg3              VARCHAR(254),
          caller_filename   VARCHAR(254) NOT NULL,
          caller_class      VARCHAR(254) NOT NULL,
          caller_method     VARCHAR(254) NOT NULL,
          caller_line       CHAR(4) NOT NULL,
          event_id          BIGINT DEFAULT nextval('logging_event_id_seq') PRIMARY KEY
        );
        CREATE TABLE logging_event_property (
          event_id     BIGINT NOT NULL,
          mapped_key   VARCHAR(254) NOT NULL,
          mapped_value VARCHAR(1024),
          PRIMARY KEY (event_id, mapped_key),
          FOREIGN KEY (event_id) REFERENCES logging_event (event_id)
        );
        CREATE TABLE logging_event_exception (
          event_id   BIGINT NOT NULL,
          i          SMALLINT NOT NULL,
          trace_line VARCHAR(254) NOT NULL,
          PRIMARY KEY (event_id, i),
          FOREIGN KEY (event_id) REFERENCES logging_event (event_id)
        );
        """);
  }

  /** Copies what the view {@code logs} has there; {@code seq} of its one instance is the id. */
  static void fill(TestDatabase database) {
    database.execute(
        """
        SET search_path TO dbappender;
        INSERT INTO logging_event (
          timestmp, formatted_message, logger_name, level_string, thread_name, reference_flag,
          caller_filename, caller_class, caller_method, caller_line, event_id)
        SELECT extract(epoch FROM logged_at) * 1000, coalesce(message, ''), left(logger, 254),
               level, left(thread, 254), 0, '?', '?', '?', '?', seq
        FROM monitoring.logs
        ORDER BY seq;
        INSERT INTO logging_event_property (event_id, mapped_key, mapped_value)
        SELECT l.seq, p.key, left(p.value, 1024)
        FROM monitoring.logs l
        CROSS JOIN LATERAL (
          SELECT key, value FROM jsonb_each_text(l.context)
          UNION ALL
          VALUES ('service', l.service), ('HOSTNAME', l.host), ('trace_id', l.trace_id)
        ) p
        WHERE p.value IS NOT NULL
        ORDER BY l.seq;
        INSERT INTO logging_event_exception (event_id, i, trace_line)
        SELECT l.seq, t.i, left(t.line, 254)
        FROM monitoring.logs l
        CROSS JOIN LATERAL string_to_table(l.stack_trace, chr(10)) WITH ORDINALITY t (line, i)
        WHERE t.line <> ''
        ORDER BY l.seq, t.i;
        """);
  }
}
