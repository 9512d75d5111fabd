-- For Log4j2's JdbcAppender: what it can write of the facts in log_events and call_sites, in one
-- table with log_events' partitions and indexes. It knows no ids, so the logger is there as text.
CREATE TABLE jdbc_appender (
  logged_at timestamptz NOT NULL,
  service   text        NOT NULL,
  seq       bigint      NOT NULL,
  logger    text        NOT NULL,
  level     monitoring.log_level NOT NULL,
  stack     text,
  thread    text,
  message   text,
  context   jsonb,
  trace_id  text
) PARTITION BY RANGE (logged_at);

CREATE TABLE jdbc_appender_default PARTITION OF jdbc_appender DEFAULT;

CREATE INDEX jdbc_appender_logged_at ON jdbc_appender (logged_at);

CREATE INDEX jdbc_appender_warn ON jdbc_appender (logged_at) WHERE level >= 'WARN';

CREATE INDEX jdbc_appender_needles ON jdbc_appender
  USING brin (trace_id text_bloom_ops, logger text_bloom_ops);
