-- Where errors happen: hosts, services, environments. A constant with "yours" behind it is to be replaced.

-- On which hosts did errors happen in the last 24 hours?
SELECT host,
       sum(weight) AS errors,
       round(100.0 * sum(weight) / sum(sum(weight)) OVER (), 1) AS percent,
       count(DISTINCT group_id) AS issues
FROM monitoring.errors
WHERE occurred_at > now() - interval '24 hours'
GROUP BY host
ORDER BY errors DESC, host;

-- Which issues of the last 24 hours happen on one host only, though their service runs on more?
SELECT e.title, e.service, min(e.host) AS host, sum(e.weight) AS errors
FROM monitoring.errors e
WHERE e.occurred_at > now() - interval '24 hours'
GROUP BY e.group_id, e.title, e.service, e.environment
HAVING count(DISTINCT e.host) = 1
   AND 1 < (
     SELECT count(DISTINCT i.host)
     FROM monitoring.instances i
     WHERE i.service = e.service
       AND i.environment IS NOT DISTINCT FROM e.environment
       AND i.last_batch_at > now() - interval '24 hours')
ORDER BY errors DESC, e.title;

-- How many errors and open issues does each service have?
SELECT service,
       environment,
       count(*) FILTER (WHERE status = 'unresolved') AS unresolved,
       sum(occurrences) AS occurrences,
       max(last_seen) AS last_seen
FROM monitoring.issues
GROUP BY service, environment
ORDER BY unresolved DESC, occurrences DESC;

-- Which bugs are there in more than one service or environment?
SELECT fingerprint,
       string_agg(service || ' in ' || coalesce(environment, 'no environment'), ', ' ORDER BY service, environment) AS places,
       sum(occurrences) AS occurrences,
       min(first_seen) AS first_seen
FROM monitoring.issues
GROUP BY fingerprint
HAVING count(*) > 1
ORDER BY occurrences DESC;

-- What fails in several services at once in the last hour, as in an outage of what they share?
SELECT exception_type,
       string_agg(DISTINCT service, ', ' ORDER BY service) AS services,
       sum(weight) AS errors,
       min(occurred_at) AS since
FROM monitoring.errors
WHERE occurred_at > now() - interval '1 hour'
GROUP BY exception_type
HAVING count(DISTINCT service) > 1
ORDER BY errors DESC;
