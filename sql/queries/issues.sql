-- What to work on. The view issues has one row for each bug, with exact counts: also of storms that were sampled, of what
-- was merged into it, and of what is not folded yet. A constant with "yours" behind it is to be replaced.

-- Which open issues happen most?
SELECT title, service, environment, occurrences, last_seen, assignee, fingerprint
FROM monitoring.issues
WHERE status = 'unresolved'
ORDER BY occurrences DESC, last_seen DESC
LIMIT 20;

-- What is new in the last 24 hours?
SELECT first_seen, service, environment, first_release, title, culprit, occurrences
FROM monitoring.issues
WHERE first_seen > now() - interval '24 hours'
ORDER BY first_seen;

-- When, and in which releases, was each open issue first and last seen?
SELECT title, service, first_seen, first_release, last_seen, last_release
FROM monitoring.issues
WHERE status = 'unresolved'
  AND environment = 'production'  -- yours
ORDER BY first_seen;

-- What came back after it was resolved?
SELECT i.regressed_at,
       i.service,
       i.title,
       i.last_release,
       i.assignee,
       h.changed_by AS resolved_by,
       h.changed_at AS resolved_at
FROM monitoring.issues i
CROSS JOIN LATERAL (
  SELECT c.changed_by, c.changed_at
  FROM monitoring.error_group_history c
  WHERE c.group_id = i.group_id
    AND c.field = 'status'
    AND c.new_value = 'resolved'
  ORDER BY c.change_id DESC
  LIMIT 1
) h
WHERE i.status = 'unresolved'
  AND i.regressed_at IS NOT NULL
ORDER BY i.regressed_at DESC;

-- Which issues of the last 7 days does nobody look after?
SELECT title, service, occurrences, last_seen
FROM monitoring.issues
WHERE status = 'unresolved'
  AND assignee IS NULL
  AND last_seen > now() - interval '7 days'
ORDER BY occurrences DESC, last_seen DESC;

-- How many open issues does each of us have, and how old is the oldest?
SELECT coalesce(assignee, 'nobody') AS who,
       count(*) AS issues,
       sum(occurrences) AS occurrences,
       now() - min(first_seen) AS oldest
FROM monitoring.issues
WHERE status = 'unresolved'
GROUP BY assignee
ORDER BY issues DESC, who;

-- How old are the open issues?
SELECT CASE
         WHEN first_seen > now() - interval '1 day' THEN 'up to a day'
         WHEN first_seen > now() - interval '7 days' THEN 'up to a week'
         WHEN first_seen > now() - interval '30 days' THEN 'up to a month'
         ELSE 'more'
       END AS age,
       count(*) AS issues,
       count(*) FILTER (WHERE last_seen > now() - interval '1 day') AS seen_in_24_hours
FROM monitoring.issues
WHERE status = 'unresolved'
GROUP BY age
ORDER BY max(first_seen) DESC;

-- Which open issues were not seen for 30 days, and may be resolved?
SELECT fingerprint, title, service, last_seen, last_release
FROM monitoring.issues
WHERE status = 'unresolved'
  AND last_seen < now() - interval '30 days'
ORDER BY last_seen;

-- What is ignored, until when, and how much of it happened in the last 7 days?
SELECT g.title,
       g.service,
       g.ignored_until,
       g.ignored_until_count,
       g.ignored_until_release,
       coalesce(e.occurrences, 0) AS last_7_days
FROM monitoring.error_groups g
LEFT JOIN (
  SELECT group_id, sum(weight) AS occurrences
  FROM monitoring.errors
  WHERE occurred_at > now() - interval '7 days'
  GROUP BY group_id
) e ON e.group_id = g.group_id
WHERE g.status = 'ignored'
  AND g.merged_into IS NULL
ORDER BY last_7_days DESC;

-- Which fingerprints were merged into which issue?
SELECT r.title AS issue, r.service, g.fingerprint AS merged, g.occurrences, g.last_seen
FROM monitoring.error_groups g
JOIN monitoring.error_groups r ON r.group_id = g.merged_into
ORDER BY issue, merged;

-- Who decided what about one issue?
SELECT h.changed_at, h.changed_by, h.field, h.old_value, h.new_value
FROM monitoring.error_group_history h
JOIN monitoring.error_groups g ON g.group_id = h.group_id
WHERE g.fingerprint = 'label_printer'  -- yours
ORDER BY h.change_id;

-- How many issues did each of us resolve in the last 30 days, and how many of them came back?
SELECT h.changed_by AS who,
       count(DISTINCT h.group_id) AS resolved,
       count(DISTINCT h.group_id) FILTER (WHERE i.regressed_at > h.changed_at) AS came_back
FROM monitoring.error_group_history h
JOIN monitoring.issues i ON i.group_id = h.group_id
WHERE h.field = 'status'
  AND h.new_value = 'resolved'
  AND h.changed_at > now() - interval '30 days'
GROUP BY who
ORDER BY resolved DESC, who;

-- How long does it take to resolve an issue (MTTR), by service?
WITH resolved AS (
  SELECT group_id,
         changed_at,
         new_value,
         -- It was open since it came back the last time, else since its first occurrence.
         max(changed_at) FILTER (WHERE new_value = 'unresolved')
           OVER (PARTITION BY group_id ORDER BY change_id) AS reopened_at
  FROM monitoring.error_group_history
  WHERE field = 'status'
)
SELECT i.service,
       count(*) AS resolved,
       avg(r.changed_at - coalesce(r.reopened_at, i.first_seen)) AS mean,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY r.changed_at - coalesce(r.reopened_at, i.first_seen)) AS median
FROM resolved r
JOIN monitoring.issues i ON i.group_id = r.group_id
WHERE r.new_value = 'resolved'
  AND r.changed_at > now() - interval '30 days'
GROUP BY i.service
ORDER BY i.service;
