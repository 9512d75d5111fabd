-- What a release brought. The table releases knows when each was first started, which is their order: names have none
-- that all agree on. A constant with "yours" behind it is to be replaced.

-- What is new since a release?
SELECT i.first_seen, i.first_release, i.environment, i.title, i.occurrences
FROM monitoring.issues i
JOIN monitoring.releases r ON r.service = i.service
WHERE r.service = 'checkout'  -- yours
  AND r.release = '1.4.2'  -- yours
  AND i.first_seen >= r.first_seen
ORDER BY i.first_seen;

-- What was there in the week before a release, and has not been seen since?
SELECT i.fingerprint, i.title, i.last_seen, i.last_release, i.occurrences
FROM monitoring.issues i
JOIN monitoring.releases r ON r.service = i.service
WHERE r.service = 'checkout'  -- yours
  AND r.release = '1.4.2'  -- yours
  AND i.environment = 'production'  -- yours
  AND i.status = 'unresolved'
  AND i.last_seen < r.first_seen
  AND i.last_seen > r.first_seen - interval '7 days'
ORDER BY i.last_seen DESC;

-- How many errors and issues did each release have in the last 7 days?
SELECT service,
       release,
       sum(weight) AS errors,
       count(DISTINCT group_id) AS issues
FROM monitoring.errors
WHERE occurred_at > now() - interval '7 days'
  AND release IS NOT NULL
GROUP BY service, release
ORDER BY service, release DESC;

-- Did a deployment of the last 7 days make it worse: errors in the hour before and after it?
WITH deployed AS (
  SELECT service, environment, release, min(started_at) AS at
  FROM monitoring.instances
  WHERE release IS NOT NULL
  GROUP BY service, environment, release
  HAVING min(started_at) > now() - interval '7 days'
)
SELECT d.at,
       d.service,
       d.environment,
       d.release,
       coalesce(sum(e.weight) FILTER (WHERE e.occurred_at < d.at), 0) AS hour_before,
       coalesce(sum(e.weight) FILTER (WHERE e.occurred_at >= d.at), 0) AS hour_after
FROM deployed d
LEFT JOIN monitoring.errors e
  ON e.service = d.service
 AND e.environment IS NOT DISTINCT FROM d.environment
 AND e.occurred_at > d.at - interval '1 hour'
 AND e.occurred_at < d.at + interval '1 hour'
 -- Follows from the others; without it every day that there is would be read.
 AND e.occurred_at > now() - interval '8 days'
GROUP BY d.at, d.service, d.environment, d.release
ORDER BY d.at DESC, d.service, d.environment;

-- Which running instances are not on the release that was started last?
SELECT service, environment, host, pid, release, newest
FROM (
  SELECT i.*,
         first_value(release) OVER (PARTITION BY service, environment ORDER BY started_at DESC) AS newest
  FROM monitoring.instances i
) n
WHERE last_batch_at > now() - interval '10 minutes'
  AND release IS DISTINCT FROM newest
ORDER BY service, environment, host, pid;
