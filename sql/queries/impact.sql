-- Whom errors hurt. Users, orders and paths are what the application puts into the context (MDC or key-values): replace
-- their keys, and the constants with "yours" behind them. Rows of a sampled storm name some of the users, not all.

-- Which issues hit most users in the last 7 days?
SELECT title,
       service,
       count(DISTINCT context->>'user_id') AS users,
       sum(weight) AS occurrences
FROM monitoring.errors
WHERE occurred_at > now() - interval '7 days'
  AND status = 'unresolved'
GROUP BY group_id, title, service
ORDER BY users DESC, occurrences DESC, title
LIMIT 20;

-- How many users met an error, by day of the last 7 days?
SELECT occurred_at::date AS day,
       count(DISTINCT context->>'user_id') AS users,
       sum(weight) AS errors
FROM monitoring.errors
WHERE occurred_at >= date_trunc('day', now()) - interval '6 days'
  AND environment = 'production'  -- yours
GROUP BY day
ORDER BY day;

-- What did one user run into in the last 7 days?
SELECT occurred_at, service, title, message, id
FROM monitoring.errors
WHERE context->>'user_id' = '7'  -- yours
  AND occurred_at > now() - interval '7 days'
ORDER BY occurred_at DESC;

-- What is behind the id that a user was shown?
SELECT occurred_at, service, release, host, title, message, context, stack_trace
FROM monitoring.errors
WHERE id = '0b5c1a52-9a7f-4a53-8d1c-0d4c4a3f5a11'  -- yours
  AND occurred_at > now() - interval '90 days';

-- Which paths of the application fail most?
SELECT context->>'path' AS path,
       sum(weight) AS errors,
       count(DISTINCT group_id) AS issues
FROM monitoring.errors
WHERE occurred_at > now() - interval '24 hours'
  AND context->>'path' IS NOT NULL
GROUP BY path
ORDER BY errors DESC, path
LIMIT 20;

-- Which orders failed in the last 7 days, and what are they worth (joined with the application's own table)?
SELECT o.order_id, o.total, sum(e.weight) AS errors, max(e.occurred_at) AS last_error
FROM monitoring.errors e
JOIN orders o ON o.order_id = (e.context->>'order_id')::bigint  -- your table
WHERE e.occurred_at > now() - interval '7 days'
GROUP BY o.order_id, o.total
ORDER BY o.total DESC;

-- Which of our paying customers met errors, and which (joined with the application's own table)?
SELECT c.name,
       c.plan,
       sum(e.weight) AS errors,
       string_agg(DISTINCT e.title, '; ' ORDER BY e.title) AS titles
FROM monitoring.errors e
JOIN customers c ON c.customer_id = (e.context->>'user_id')::bigint  -- your table
WHERE e.occurred_at > now() - interval '7 days'
  AND c.plan <> 'free'
GROUP BY c.customer_id, c.name, c.plan
ORDER BY errors DESC, c.name;

-- How slow were the requests that failed in the last 24 hours?
SELECT e.title,
       count(*) AS requests,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY t.duration_ms) AS median_ms,
       max(t.duration_ms) AS slowest_ms
FROM monitoring.errors e
JOIN monitoring.traces t ON t.trace_id = e.trace_id
WHERE e.occurred_at > now() - interval '24 hours'
GROUP BY e.group_id, e.title
ORDER BY slowest_ms DESC;
