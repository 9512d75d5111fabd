CREATE TABLE spans (
  trace_id       text             NOT NULL,
  span_id        text             NOT NULL,
  parent_span_id text,
  service        text             NOT NULL,
  name           text             NOT NULL,
  started_at     timestamptz      NOT NULL,
  duration_ms    double precision NOT NULL,
  status_code    int,
  PRIMARY KEY (trace_id, span_id)
);

COMMENT ON TABLE spans IS 'Spans of distributed traces, as OpenTelemetry knows them.';
COMMENT ON COLUMN spans.trace_id IS 'Trace that the span belongs to.';
COMMENT ON COLUMN spans.span_id IS 'The span''s own id.';
COMMENT ON COLUMN spans.parent_span_id IS 'Span that called this one; null for the root.';
COMMENT ON COLUMN spans.service IS 'Service that did the work.';
COMMENT ON COLUMN spans.name IS 'What was done, such as GET /orders.';
COMMENT ON COLUMN spans.started_at IS 'When it started.';
COMMENT ON COLUMN spans.duration_ms IS 'How long it took, in milliseconds.';
COMMENT ON COLUMN spans.status_code IS 'Outcome, such as the HTTP status.';

CREATE VIEW traces AS
SELECT trace_id,
       service,
       name,
       started_at,
       duration_ms,
       status_code
FROM spans
WHERE parent_span_id IS NULL;

COMMENT ON VIEW traces IS 'One row for each trace: its root span.';
