-- Beside the errors: what was logged around them, who logs too much, what it takes to keep it, and who has stopped.
-- A constant with "yours" behind it is to be replaced.

-- What did the request log in the five minutes before one error?
SELECT l.logged_at, l.service, l.level, l.logger, l.message
FROM monitoring.errors e
JOIN monitoring.logs l
  ON l.trace_id = e.trace_id
 AND l.logged_at > e.occurred_at - interval '5 minutes'
 AND l.logged_at <= e.occurred_at
WHERE e.id = '0b5c1a52-9a7f-4a53-8d1c-0d4c4a3f5a11'  -- yours
  AND e.occurred_at > now() - interval '24 hours'
  AND l.logged_at > now() - interval '25 hours'
ORDER BY l.logged_at, l.seq;

-- What did one request log, in all services?
SELECT logged_at, service, level, logger, message
FROM monitoring.trace('trace-1')  -- yours
ORDER BY logged_at, seq;

-- Which errors were logged without an exception, so that they are no issue?
SELECT service, logger, coalesce(template, message) AS said, count(*) AS events, max(logged_at) AS last
FROM monitoring.logs
WHERE level >= 'ERROR'
  AND group_id IS NULL
  AND logged_at > now() - interval '7 days'
GROUP BY service, logger, said
ORDER BY events DESC
LIMIT 20;

-- Which loggers are the noisiest?
SELECT service,
       logger,
       count(*) AS events,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent,
       count(*) FILTER (WHERE level >= 'WARN') AS warnings
FROM monitoring.logs
WHERE logged_at > now() - interval '24 hours'
GROUP BY service, logger
ORDER BY events DESC, logger
LIMIT 20;

-- Which lines of code log the most text?
SELECT logger,
       template,
       count(*) AS events,
       sum(octet_length(message)) AS bytes
FROM monitoring.logs
WHERE logged_at > now() - interval '24 hours'
  AND template IS NOT NULL
GROUP BY logger, template
ORDER BY bytes DESC
LIMIT 20;

-- How much do the events of the last 24 hours take, by service, without indexes?
SELECT i.service,
       count(*) AS events,
       sum(pg_column_size(e.*)) AS bytes,
       round(avg(pg_column_size(e.*))) AS bytes_each
FROM monitoring.log_events e
JOIN monitoring.instances i ON i.instance_id = e.instance_id
WHERE e.logged_at > now() - interval '24 hours'
GROUP BY i.service
ORDER BY bytes DESC;

-- How much does each day take, with indexes?
SELECT p.relid::regclass AS partition,
       pg_size_pretty(pg_table_size(p.relid)) AS rows,
       pg_size_pretty(pg_indexes_size(p.relid)) AS indexes
FROM (VALUES ('monitoring.log_events'::regclass), ('monitoring.error_occurrences')) AS t (parent)
CROSS JOIN LATERAL pg_partition_tree(t.parent) p
WHERE pg_relation_size(p.relid) > 0
ORDER BY p.relid::regclass::text;

-- Which instances have lost events?
SELECT service, environment, release, host, dropped, last_batch_at
FROM monitoring.instances
WHERE dropped > 0
ORDER BY dropped DESC;

-- Which instances have gone silent in the last 24 hours, and no other has taken their place?
SELECT s.service, s.environment, s.host, s.pid, s.last_batch_at
FROM monitoring.instances s
WHERE s.last_batch_at < now() - interval '10 minutes'
  AND s.last_batch_at > now() - interval '24 hours'
  AND NOT EXISTS (
    SELECT
    FROM monitoring.instances n
    WHERE n.service = s.service
      AND n.host = s.host
      AND n.started_at > s.started_at)
ORDER BY s.last_batch_at;
