CREATE TYPE log_level AS ENUM ('TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL');

COMMENT ON TYPE log_level IS 'Severity in rising order, so that level >= ''WARN'' works.';

-- One row is updated by every batch of its instance: room on the page keeps that update HOT.
CREATE TABLE instances (
  instance_id   bigint      PRIMARY KEY,
  service       text        NOT NULL,
  environment   text,
  release       text,
  host          text,
  pid           bigint,
  started_at    timestamptz NOT NULL,
  last_batch    bigint      NOT NULL DEFAULT 0,
  last_batch_at timestamptz,
  dropped       bigint      NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

COMMENT ON TABLE instances IS 'One row for each start of an application that logs here.';
COMMENT ON COLUMN instances.instance_id IS 'Random number, made by the instance itself.';
COMMENT ON COLUMN instances.service IS 'Name of the application.';
COMMENT ON COLUMN instances.environment IS 'Where it runs, such as production.';
COMMENT ON COLUMN instances.release IS 'Version of the application.';
COMMENT ON COLUMN instances.host IS 'Name of the machine.';
COMMENT ON COLUMN instances.pid IS 'Process id on that machine.';
COMMENT ON COLUMN instances.started_at IS 'When the instance started, by its own clock.';
COMMENT ON COLUMN instances.last_batch IS 'Number of the last batch written: makes each batch once-only.';
COMMENT ON COLUMN instances.last_batch_at IS 'When that batch was written, by the server''s clock.';
COMMENT ON COLUMN instances.dropped IS 'Events this instance has lost so far, for whatever cause.';

-- No key: exactly-once is by batch numbers, and a unique index would cost more than all others.
CREATE TABLE log_events (
  logged_at   timestamptz NOT NULL,
  instance_id bigint      NOT NULL,
  seq         bigint      NOT NULL,
  site_id     bigint      NOT NULL,
  group_id    bigint,
  level       log_level   NOT NULL,
  stack_id    uuid,
  thread      text,
  message     text,
  context     jsonb,
  trace_id    text,
  span_id     text
) PARTITION BY RANGE (logged_at);

CREATE TABLE log_events_default PARTITION OF log_events DEFAULT;

COMMENT ON TABLE log_events IS 'Log events, append-only, a partition for each UTC day. Ask the view logs.';
COMMENT ON TABLE log_events_default IS 'Log events whose day has no partition yet; maintain() moves them.';
COMMENT ON COLUMN log_events.logged_at IS 'When it was logged, by the application''s clock, in microseconds.';
COMMENT ON COLUMN log_events.instance_id IS 'Who logged: see instances.';
COMMENT ON COLUMN log_events.seq IS 'Counts the events of one instance from 1, in their order.';
COMMENT ON COLUMN log_events.site_id IS 'Logger and template: see call_sites.';
COMMENT ON COLUMN log_events.group_id IS 'Group of the error, where the event is one: see error_groups.';
COMMENT ON COLUMN log_events.level IS 'Severity.';
COMMENT ON COLUMN log_events.stack_id IS 'Stack trace, where there was one: see stack_traces.';
COMMENT ON COLUMN log_events.thread IS 'Name of the thread that logged.';
COMMENT ON COLUMN log_events.message IS 'The message with its arguments put in.';
COMMENT ON COLUMN log_events.context IS 'MDC, key-values, markers and caller, typed.';
COMMENT ON COLUMN log_events.trace_id IS 'Trace id, from MDC or key-values.';
COMMENT ON COLUMN log_events.span_id IS 'Span id, from MDC or key-values.';

-- The tail, and every question that names a time.
CREATE INDEX log_events_logged_at ON log_events (logged_at);

-- The tail of trouble: small, since most events are below.
CREATE INDEX log_events_warn ON log_events (logged_at) WHERE level >= 'WARN';

-- Needles: a bloom filter per block range costs a twentieth of a btree when writing.
CREATE INDEX log_events_needles ON log_events
  USING brin (trace_id text_bloom_ops, site_id int8_bloom_ops);

CREATE TABLE call_sites (
  site_id   bigint      PRIMARY KEY,
  logger    text        NOT NULL,
  template  text,
  last_seen timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE call_sites IS 'Dictionary: each logger and message template once.';
COMMENT ON COLUMN call_sites.site_id IS 'Hash of logger and template, the same in every instance.';
COMMENT ON COLUMN call_sites.logger IS 'Name of the logger.';
COMMENT ON COLUMN call_sites.template IS 'Message before its arguments were put in; null where it had none.';
COMMENT ON COLUMN call_sites.last_seen IS 'Last use, to within some hours.';

CREATE TABLE stack_traces (
  stack_id    uuid        PRIMARY KEY,
  stack_trace text        NOT NULL,
  last_seen   timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE stack_traces IS 'Dictionary: each distinct text of a stack trace once.';
COMMENT ON COLUMN stack_traces.stack_id IS 'First 16 bytes of the SHA-256 of the text.';
COMMENT ON COLUMN stack_traces.stack_trace IS 'The text as Java prints it.';
COMMENT ON COLUMN stack_traces.last_seen IS 'Last use, to within some hours.';

-- LEFT JOINs on unique keys: the planner leaves out those whose columns a query does not name.
CREATE VIEW logs AS
SELECT e.logged_at,
       e.instance_id,
       e.seq,
       e.level,
       i.service,
       i.environment,
       i.release,
       i.host,
       i.pid,
       c.logger,
       c.template,
       e.thread,
       e.message,
       e.context,
       e.trace_id,
       e.span_id,
       e.group_id,
       e.stack_id,
       s.stack_trace
FROM log_events e
LEFT JOIN instances i ON i.instance_id = e.instance_id
LEFT JOIN call_sites c ON c.site_id = e.site_id
LEFT JOIN stack_traces s ON s.stack_id = e.stack_id;

COMMENT ON VIEW logs IS 'Log events with everything that belongs to them: ask this.';
