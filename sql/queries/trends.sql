-- More or fewer than before. Occurrences of a window of time come from the view errors, weighted, since a storm may have
-- been sampled; hours and days are those of the session's time zone. A constant with "yours" behind it is to be replaced.

-- How many errors were there in each of the last 24 hours, those without any included?
SELECT h.hour, coalesce(sum(e.weight), 0) AS errors
FROM generate_series(date_trunc('hour', now()) - interval '23 hours', now(), interval '1 hour') AS h (hour)
LEFT JOIN monitoring.errors e
  ON date_trunc('hour', e.occurred_at) = h.hour
 AND e.occurred_at >= date_trunc('hour', now()) - interval '23 hours'
GROUP BY h.hour
ORDER BY h.hour;

-- How does each of the last 12 hours compare with the same hour a week ago?
WITH counts AS (
  SELECT date_trunc('hour', occurred_at) AS hour, sum(weight) AS errors
  FROM monitoring.errors
  WHERE environment = 'production'  -- yours
    AND (occurred_at >= date_trunc('hour', now()) - interval '11 hours'
      OR (occurred_at >= date_trunc('hour', now()) - interval '7 days 11 hours'
        AND occurred_at < date_trunc('hour', now()) - interval '6 days 23 hours'))
  GROUP BY hour
)
SELECT h.hour,
       coalesce(t.errors, 0) AS errors,
       coalesce(w.errors, 0) AS week_before
FROM generate_series(date_trunc('hour', now()) - interval '11 hours', now(), interval '1 hour') AS h (hour)
LEFT JOIN counts t ON t.hour = h.hour
LEFT JOIN counts w ON w.hour = h.hour - interval '7 days'
ORDER BY h.hour;

-- What happened far more often in the last hour than in the 24 hours before it?
WITH counts AS (
  SELECT service,
         title,
         coalesce(sum(weight) FILTER (WHERE occurred_at > now() - interval '1 hour'), 0) AS last_hour,
         coalesce(sum(weight) FILTER (WHERE occurred_at <= now() - interval '1 hour'), 0) / 24.0 AS usual
  FROM monitoring.errors
  WHERE occurred_at > now() - interval '25 hours'
  GROUP BY group_id, service, title
)
SELECT service, title, last_hour, round(usual, 1) AS usual_hour
FROM counts
WHERE last_hour >= 10
  AND last_hour > 3 * usual
ORDER BY last_hour DESC;

-- How many issues were new on each of the last 7 days?
SELECT d.day::date AS day, count(i.group_id) AS new_issues
FROM generate_series(date_trunc('day', now()) - interval '6 days', now(), interval '1 day') AS d (day)
LEFT JOIN monitoring.issues i
  ON i.first_seen >= d.day
 AND i.first_seen < d.day + interval '1 day'
GROUP BY d.day
ORDER BY d.day;

-- At which hours of the day do errors happen?
SELECT extract(hour FROM occurred_at) AS hour_of_day,
       sum(weight) AS errors,
       count(DISTINCT group_id) AS issues
FROM monitoring.errors
WHERE occurred_at > now() - interval '28 days'
GROUP BY hour_of_day
ORDER BY hour_of_day;

-- How many of a thousand log events were errors in the last 24 hours, by service?
SELECT service,
       count(*) AS events,
       count(*) FILTER (WHERE level >= 'ERROR') AS errors,
       round(1000.0 * count(*) FILTER (WHERE level >= 'ERROR') / count(*), 1) AS of_a_thousand
FROM monitoring.logs
WHERE logged_at > now() - interval '24 hours'
GROUP BY service
ORDER BY of_a_thousand DESC, service;
