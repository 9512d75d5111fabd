CREATE TYPE error_status AS ENUM ('unresolved', 'resolved', 'ignored');

COMMENT ON TYPE error_status IS 'What the team has decided about a group of errors.';

CREATE TABLE error_groups (
  group_id            bigint       PRIMARY KEY,
  fingerprint         text         NOT NULL,
  service             text         NOT NULL,
  environment         text,
  exception_type      text,
  title               text,
  culprit             text,
  level               log_level    NOT NULL DEFAULT 'ERROR',
  status              error_status NOT NULL DEFAULT 'unresolved',
  assignee            text,
  occurrences         bigint       NOT NULL DEFAULT 0,
  first_seen          timestamptz  NOT NULL,
  last_seen           timestamptz  NOT NULL,
  first_release       text,
  last_release        text,
  resolved_at         timestamptz,
  resolved_by         text,
  resolved_in_release text,
  ignored_until       timestamptz,
  regressed_at        timestamptz,
  merged_into         bigint       REFERENCES error_groups,
  notify_on           int[]
);

COMMENT ON TABLE error_groups IS 'One row for each bug: errors with the same fingerprint, service and environment.';
COMMENT ON COLUMN error_groups.group_id IS 'Hash of fingerprint, service and environment.';
COMMENT ON COLUMN error_groups.fingerprint IS 'What makes two errors the same bug.';
COMMENT ON COLUMN error_groups.service IS 'Name of the application.';
COMMENT ON COLUMN error_groups.environment IS 'Where it runs, such as production.';
COMMENT ON COLUMN error_groups.exception_type IS 'Class of the exception.';
COMMENT ON COLUMN error_groups.title IS 'One line that names the bug.';
COMMENT ON COLUMN error_groups.culprit IS 'Method of the application in which it happened.';
COMMENT ON COLUMN error_groups.level IS 'Severity.';
COMMENT ON COLUMN error_groups.status IS 'What the team has decided.';
COMMENT ON COLUMN error_groups.assignee IS 'Who looks after it.';
COMMENT ON COLUMN error_groups.occurrences IS 'How often it happened, exactly.';
COMMENT ON COLUMN error_groups.first_seen IS 'First occurrence.';
COMMENT ON COLUMN error_groups.last_seen IS 'Last occurrence.';
COMMENT ON COLUMN error_groups.first_release IS 'Release of the first occurrence.';
COMMENT ON COLUMN error_groups.last_release IS 'Release of the last occurrence.';
COMMENT ON COLUMN error_groups.resolved_at IS 'When it was resolved; null while it is not.';
COMMENT ON COLUMN error_groups.resolved_by IS 'Who resolved it.';
COMMENT ON COLUMN error_groups.resolved_in_release IS 'Release that brings the fix.';
COMMENT ON COLUMN error_groups.ignored_until IS 'When an ignored group speaks again.';
COMMENT ON COLUMN error_groups.regressed_at IS 'When it last came back after a resolve.';
COMMENT ON COLUMN error_groups.merged_into IS 'Group that this one was merged into.';
COMMENT ON COLUMN error_groups.notify_on IS 'Occurrences that people are told of; null: the default.';

CREATE INDEX error_groups_fingerprint ON error_groups (fingerprint);

CREATE TABLE error_occurrences (
  occurred_at    timestamptz NOT NULL,
  instance_id    bigint      NOT NULL,
  seq            bigint      NOT NULL,
  group_id       bigint      NOT NULL,
  stack_id       uuid,
  exception_type text,
  message        text,
  context        jsonb,
  trace_id       text,
  span_id        text
) PARTITION BY RANGE (occurred_at);

CREATE TABLE error_occurrences_default PARTITION OF error_occurrences DEFAULT;

COMMENT ON TABLE error_occurrences IS 'Each time an error happened, a partition for each UTC day. Ask the view errors.';
COMMENT ON TABLE error_occurrences_default IS 'Occurrences whose day has no partition yet; maintain() moves them.';
COMMENT ON COLUMN error_occurrences.occurred_at IS 'When it happened, by the application''s clock.';
COMMENT ON COLUMN error_occurrences.instance_id IS 'Where it happened: see instances.';
COMMENT ON COLUMN error_occurrences.seq IS 'Number of the log event in its instance.';
COMMENT ON COLUMN error_occurrences.group_id IS 'Which bug: see error_groups.';
COMMENT ON COLUMN error_occurrences.stack_id IS 'Stack trace: see stack_traces.';
COMMENT ON COLUMN error_occurrences.exception_type IS 'Class of the exception.';
COMMENT ON COLUMN error_occurrences.message IS 'Message of the error.';
COMMENT ON COLUMN error_occurrences.context IS 'MDC, key-values, markers and caller, typed.';
COMMENT ON COLUMN error_occurrences.trace_id IS 'Trace id.';
COMMENT ON COLUMN error_occurrences.span_id IS 'Span id.';

CREATE INDEX error_occurrences_occurred_at ON error_occurrences (occurred_at);

CREATE INDEX error_occurrences_group ON error_occurrences (group_id, occurred_at);

CREATE TABLE error_deltas (
  group_id    bigint      NOT NULL,
  occurrences bigint      NOT NULL,
  first_seen  timestamptz NOT NULL,
  last_seen   timestamptz NOT NULL,
  release     text
);

COMMENT ON TABLE error_deltas IS 'Counts not yet folded into error_groups; append-only, so that no two instances wait for one row.';
COMMENT ON COLUMN error_deltas.group_id IS 'Which bug: see error_groups.';
COMMENT ON COLUMN error_deltas.occurrences IS 'How often in one batch.';
COMMENT ON COLUMN error_deltas.first_seen IS 'First of these.';
COMMENT ON COLUMN error_deltas.last_seen IS 'Last of these.';
COMMENT ON COLUMN error_deltas.release IS 'Release of the instance.';

CREATE VIEW errors AS
SELECT to_hex(o.instance_id) || '-' || to_hex(o.seq) AS id,
       g.fingerprint,
       o.message,
       o.exception_type,
       s.stack_trace,
       o.context,
       o.occurred_at,
       g.environment,
       g.resolved_at,
       o.trace_id,
       o.span_id,
       g.service,
       g.status,
       g.assignee,
       g.level,
       g.title,
       g.culprit,
       o.group_id,
       i.release,
       i.host
FROM error_occurrences o
LEFT JOIN error_groups g ON g.group_id = o.group_id
LEFT JOIN instances i ON i.instance_id = o.instance_id
LEFT JOIN stack_traces s ON s.stack_id = o.stack_id;

COMMENT ON VIEW errors IS 'Each occurrence of an error with everything that belongs to it: ask this.';
