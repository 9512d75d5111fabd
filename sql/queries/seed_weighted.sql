-- The six queries of seed.sql for errors that came as storms: a row then stands for weight occurrences, and their sum is
-- what count(*) was. Where no storm was sampled, every weight is 1 and both say the same.

-- How often did each error of production happen that is not resolved?
SELECT fingerprint,
       sum(weight) AS occurrences,
       max(occurred_at) AS last_seen,
       min(occurred_at) AS first_seen
FROM monitoring.errors
WHERE environment = 'production'
  AND resolved_at IS NULL
GROUP BY fingerprint
ORDER BY occurrences DESC, fingerprint;

-- What were the last ten occurrences of one error, and how many does each stand for?
SELECT id, fingerprint, message, exception_type, stack_trace, context, occurred_at, weight
FROM monitoring.errors
WHERE fingerprint = 'payment_timeout_error'  -- yours
ORDER BY occurred_at DESC
LIMIT 10;

-- How slow were the requests in which one error happened, and how many does each stand for?
SELECT e.message AS error,
       e.context->>'user_id' AS user_id,
       t.trace_id,
       t.duration_ms,
       t.status_code,
       e.weight
FROM monitoring.errors e
LEFT JOIN monitoring.traces t ON t.trace_id = e.trace_id
WHERE e.fingerprint = 'database_connection_error'  -- yours
ORDER BY e.occurred_at DESC;

-- Which errors that are not resolved happened most in the last 24 hours?
SELECT fingerprint,
       exception_type,
       message,
       sum(weight) AS count,
       max(occurred_at) AS last_seen
FROM monitoring.errors
WHERE occurred_at > now() - interval '24 hours'
  AND resolved_at IS NULL
GROUP BY fingerprint, exception_type, message
ORDER BY count DESC, last_seen DESC
LIMIT 10;

-- Which users met most errors in the last 7 days?
SELECT context->>'user_id' AS user_id,
       sum(weight) AS error_count,
       array_agg(DISTINCT exception_type) AS error_types
FROM monitoring.errors
WHERE occurred_at > now() - interval '7 days'
GROUP BY context->>'user_id'
ORDER BY error_count DESC, user_id
LIMIT 20;

-- How many errors were there in each of the last 24 hours?
SELECT date_trunc('hour', occurred_at) AS hour,
       sum(weight) AS error_count
FROM monitoring.errors
WHERE occurred_at > now() - interval '24 hours'
GROUP BY hour
ORDER BY hour;
