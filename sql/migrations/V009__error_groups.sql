CREATE TABLE releases (
  service    text        NOT NULL,
  release    text        NOT NULL,
  first_seen timestamptz NOT NULL,
  PRIMARY KEY (service, release)
);

COMMENT ON TABLE releases IS 'Releases in the order in which they first started: their names have none that all agree on.';
COMMENT ON COLUMN releases.service IS 'Name of the application.';
COMMENT ON COLUMN releases.release IS 'Version of the application.';
COMMENT ON COLUMN releases.first_seen IS 'When its first instance started, in whatever environment.';

INSERT INTO releases (service, release, first_seen)
SELECT service, release, min(started_at)
FROM instances
WHERE release IS NOT NULL
GROUP BY service, release;

CREATE OR REPLACE FUNCTION register_instance(
  p_instance_id bigint,
  p_service     text,
  p_environment text,
  p_release     text,
  p_host        text,
  p_pid         bigint,
  p_started_at  timestamptz,
  p_last_batch  bigint
) RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
  INSERT INTO instances (instance_id, service, environment, release, host, pid, started_at, last_batch)
  VALUES (p_instance_id, p_service, p_environment, p_release, p_host, p_pid, p_started_at, p_last_batch)
  ON CONFLICT (instance_id) DO NOTHING;

  INSERT INTO releases AS r (service, release, first_seen)
  SELECT p_service, p_release, p_started_at
  WHERE p_release IS NOT NULL
  ON CONFLICT (service, release) DO UPDATE SET first_seen = excluded.first_seen
  WHERE r.first_seen > excluded.first_seen;
$$;

COMMENT ON FUNCTION register_instance IS 'Makes the row of an instance and that of its release, unless they are there.';

ALTER TABLE error_groups
  ADD COLUMN resolved_after_release text,
  ADD COLUMN ignored_until_count    bigint,
  ADD COLUMN ignored_until_release  text;

COMMENT ON COLUMN error_groups.resolved_after_release IS 'Newest release when it was resolved in the next one: releases after this bring the fix.';
COMMENT ON COLUMN error_groups.ignored_until_count IS 'Occurrences at which an ignored group speaks again.';
COMMENT ON COLUMN error_groups.ignored_until_release IS 'Release from which on an ignored group speaks again.';

CREATE INDEX error_groups_ignored_until ON error_groups (ignored_until) WHERE status = 'ignored';

CREATE INDEX error_groups_merged_into ON error_groups (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE error_occurrences
  ADD COLUMN weight     int NOT NULL DEFAULT 1,
  ADD COLUMN capture_id uuid;

COMMENT ON COLUMN error_occurrences.weight IS 'Occurrences this row stands for: above 1 where a storm was sampled.';
COMMENT ON COLUMN error_occurrences.capture_id IS 'Id that captureException gave, to be shown to a user.';

-- A user names one occurrence by its id, as the view errors shows it.
CREATE INDEX error_occurrences_id ON error_occurrences
  (coalesce(capture_id::text, to_hex(instance_id) || '-' || to_hex(seq)));

CREATE TABLE error_group_history (
  change_id  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  group_id   bigint      NOT NULL REFERENCES error_groups ON DELETE CASCADE,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_by text        NOT NULL,
  field      text        NOT NULL,
  old_value  text,
  new_value  text
);

COMMENT ON TABLE error_group_history IS 'Every change of what a team has decided about a group, whoever made it and by whatever SQL.';
COMMENT ON COLUMN error_group_history.change_id IS 'In the order of the changes.';
COMMENT ON COLUMN error_group_history.group_id IS 'Which bug: see error_groups.';
COMMENT ON COLUMN error_group_history.changed_at IS 'When.';
COMMENT ON COLUMN error_group_history.changed_by IS 'Who: the name given, else the role that was logged in; howdah, where an occurrence was the reason.';
COMMENT ON COLUMN error_group_history.field IS 'Column of error_groups.';
COMMENT ON COLUMN error_group_history.old_value IS 'Its value before.';
COMMENT ON COLUMN error_group_history.new_value IS 'Its value after.';

CREATE INDEX error_group_history_group ON error_group_history (group_id, changed_at);

CREATE FUNCTION actor()
RETURNS text
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
AS $$
  SELECT coalesce(nullif(current_setting('howdah.actor', true), ''), session_user);
$$;

COMMENT ON FUNCTION actor IS 'Who is at work: the setting howdah.actor, else the role that is logged in.';

CREATE FUNCTION complete_group()
RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
  IF NEW.status <> 'resolved' THEN
    NEW.resolved_at := NULL;
    NEW.resolved_by := NULL;
    NEW.resolved_in_release := NULL;
    NEW.resolved_after_release := NULL;
  ELSIF OLD.status <> 'resolved' THEN
    NEW.resolved_at := coalesce(NEW.resolved_at, clock_timestamp());
    NEW.resolved_by := coalesce(NEW.resolved_by, actor());
  END IF;
  IF NEW.status <> 'ignored' THEN
    NEW.ignored_until := NULL;
    NEW.ignored_until_count := NULL;
    NEW.ignored_until_release := NULL;
  END IF;
  RETURN NEW;
END
$$;

COMMENT ON FUNCTION complete_group IS 'Keeps the columns that belong to a status in step with it, so that UPDATE … SET status is enough.';

CREATE TRIGGER complete_group
BEFORE UPDATE OF status ON error_groups
FOR EACH ROW EXECUTE FUNCTION complete_group();

CREATE FUNCTION note_group_change()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
  INSERT INTO error_group_history (group_id, changed_by, field, old_value, new_value)
  SELECT NEW.group_id, actor(), change.field, change.old_value, change.new_value
  FROM (VALUES
    ('status', OLD.status::text, NEW.status::text),
    ('assignee', OLD.assignee, NEW.assignee),
    ('resolved_in_release', OLD.resolved_in_release, NEW.resolved_in_release),
    ('resolved_after_release', OLD.resolved_after_release, NEW.resolved_after_release),
    ('ignored_until', OLD.ignored_until::text, NEW.ignored_until::text),
    ('ignored_until_count', OLD.ignored_until_count::text, NEW.ignored_until_count::text),
    ('ignored_until_release', OLD.ignored_until_release, NEW.ignored_until_release),
    ('merged_into', OLD.merged_into::text, NEW.merged_into::text),
    ('notify_on', OLD.notify_on::text, NEW.notify_on::text)
  ) AS change (field, old_value, new_value)
  WHERE change.old_value IS DISTINCT FROM change.new_value;
  RETURN NULL;
END
$$;

COMMENT ON FUNCTION note_group_change IS 'Writes error_group_history.';

-- Not for counts: those change every second, and are no decision.
CREATE TRIGGER note_group_change
AFTER UPDATE OF status, assignee, resolved_in_release, resolved_after_release, ignored_until,
  ignored_until_count, ignored_until_release, merged_into, notify_on ON error_groups
FOR EACH ROW EXECUTE FUNCTION note_group_change();

CREATE FUNCTION is_release_from(p_service text, p_release text, p_from text)
RETURNS boolean
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
AS $$
  SELECT p_release = p_from
    OR coalesce(
      (SELECT r.first_seen >= f.first_seen
       FROM releases r
       JOIN releases f ON f.service = r.service
       WHERE r.service = p_service
         AND r.release = p_release
         AND f.release = p_from),
      false);
$$;

COMMENT ON FUNCTION is_release_from IS
  'Whether a release is that one or first started after it; false while that one has never started.';

CREATE FUNCTION record_errors(p_instance_id bigint, p_errors jsonb)
RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
  -- In the order of ids, so that instances that bring the same new groups never deadlock.
  INSERT INTO error_groups (
    group_id, fingerprint, service, environment, exception_type, title, culprit, level,
    first_seen, last_seen, first_release, last_release)
  SELECT DISTINCT ON (g.id)
         g.id, g.fingerprint, i.service, i.environment, g.type, g.title, g.culprit, g.level,
         timestamptz 'epoch' + g.at * interval '1 microsecond',
         timestamptz 'epoch' + g.at * interval '1 microsecond',
         i.release, i.release
  FROM jsonb_to_recordset(p_errors -> 'groups')
    AS g (id bigint, fingerprint text, type text, title text, culprit text, level log_level, at bigint)
  JOIN instances i ON i.instance_id = p_instance_id
  WHERE NOT EXISTS (SELECT FROM error_groups k WHERE k.group_id = g.id)
  ORDER BY g.id, g.at
  ON CONFLICT (group_id) DO NOTHING;

  INSERT INTO error_deltas (group_id, occurrences, first_seen, last_seen, release)
  SELECT c.id, c.n,
         timestamptz 'epoch' + c.first * interval '1 microsecond',
         timestamptz 'epoch' + c.last * interval '1 microsecond',
         i.release
  FROM jsonb_to_recordset(p_errors -> 'counts') AS c (id bigint, n bigint, first bigint, last bigint)
  JOIN instances i ON i.instance_id = p_instance_id;
$$;

COMMENT ON FUNCTION record_errors IS
  'Adds groups that are new, and counts: {"groups": [{"id", "fingerprint", "type", "title", "culprit", "level", "at"}], "counts": [{"id", "n", "first", "last"}]}, times in microseconds since 1970. To be called in the batch''s transaction.';

CREATE FUNCTION lock_groups()
RETURNS void
LANGUAGE sql
SET search_path FROM CURRENT
AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('howdah:fold:' || current_schema(), 0));
$$;

COMMENT ON FUNCTION lock_groups IS
  'Waits until nobody else changes groups: who changes several never meets another who does it in another order.';

CREATE FUNCTION fold_errors(
  OUT groups_counted int,
  OUT regressions    int,
  OUT awakened       int,
  OUT skipped        boolean
)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  taken  error_deltas[];
  caller text := current_setting('howdah.actor', true);
BEGIN
  groups_counted := 0;
  regressions := 0;
  awakened := 0;
  skipped := NOT pg_try_advisory_xact_lock(
    hashtextextended('howdah:fold:' || current_schema(), 0));
  IF skipped THEN
    RETURN;
  END IF;
  PERFORM set_config('howdah.actor', 'howdah', true);

  WITH gone AS (
    DELETE FROM error_deltas d
    WHERE d.ctid = ANY (ARRAY(
        SELECT f.ctid
        FROM error_deltas f
        WHERE EXISTS (SELECT FROM error_groups g WHERE g.group_id = f.group_id)
        LIMIT 50000))
    RETURNING d
  )
  SELECT array_agg(d) INTO taken FROM gone;

  UPDATE error_groups g
  SET occurrences = g.occurrences + s.occurrences,
      first_seen = least(g.first_seen, s.first_seen),
      last_seen = greatest(g.last_seen, s.last_seen),
      first_release = CASE WHEN s.first_seen < g.first_seen THEN s.first_release ELSE g.first_release END,
      last_release = CASE WHEN s.last_seen >= g.last_seen THEN s.last_release ELSE g.last_release END
  FROM (
    SELECT t.group_id,
           sum(t.occurrences) AS occurrences,
           min(t.first_seen) AS first_seen,
           max(t.last_seen) AS last_seen,
           (array_agg(t.release ORDER BY t.first_seen))[1] AS first_release,
           (array_agg(t.release ORDER BY t.last_seen DESC))[1] AS last_release
    FROM unnest(taken) t
    GROUP BY t.group_id
  ) s
  WHERE g.group_id = s.group_id;
  GET DIAGNOSTICS groups_counted = ROW_COUNT;

  -- A group that was merged into another speaks through that one.
  WITH seen AS (
    SELECT coalesce(g.merged_into, g.group_id) AS group_id, t.release, max(t.last_seen) AS last_seen
    FROM unnest(taken) t
    JOIN error_groups g ON g.group_id = t.group_id
    GROUP BY 1, 2
  ), back AS (
    SELECT r.group_id, max(s.last_seen) AS last_seen
    FROM seen s
    JOIN error_groups r ON r.group_id = s.group_id
    WHERE r.status = 'resolved'
      AND s.last_seen > r.resolved_at
      AND CASE
        WHEN r.resolved_in_release IS NOT NULL THEN
          is_release_from(r.service, s.release, r.resolved_in_release)
        WHEN r.resolved_after_release IS NOT NULL THEN
          NOT is_release_from(r.service, r.resolved_after_release, s.release)
        ELSE true
      END
    GROUP BY r.group_id
  )
  UPDATE error_groups r
  SET status = 'unresolved',
      regressed_at = b.last_seen
  FROM back b
  WHERE r.group_id = b.group_id;
  GET DIAGNOSTICS regressions = ROW_COUNT;

  WITH seen AS (
    SELECT DISTINCT coalesce(g.merged_into, g.group_id) AS group_id, t.release
    FROM unnest(taken) t
    JOIN error_groups g ON g.group_id = t.group_id
  ), awake AS (
    SELECT r.group_id
    FROM error_groups r
    WHERE r.status = 'ignored'
      AND r.ignored_until <= now()
    UNION
    SELECT r.group_id
    FROM seen s
    JOIN error_groups r ON r.group_id = s.group_id
    WHERE r.status = 'ignored'
      AND (is_release_from(r.service, s.release, r.ignored_until_release)
        OR r.ignored_until_count <= (
          SELECT sum(f.occurrences)
          FROM error_groups f
          WHERE f.group_id = r.group_id OR f.merged_into = r.group_id))
  )
  UPDATE error_groups r
  SET status = 'unresolved'
  FROM awake a
  WHERE r.group_id = a.group_id;
  GET DIAGNOSTICS awakened = ROW_COUNT;
  PERFORM set_config('howdah.actor', coalesce(caller, ''), true);
END
$$;

COMMENT ON FUNCTION fold_errors IS
  'Adds what error_deltas has to error_groups; reopens what was resolved and is seen again, and what was ignored for long enough. skipped: another session is at it. To be called about once a second, by any instance.';

CREATE FUNCTION groups_of(p_fingerprint text, p_service text, p_environment text)
RETURNS SETOF error_groups
LANGUAGE plpgsql
STABLE
SET search_path FROM CURRENT
AS $$
BEGIN
  RETURN QUERY
  SELECT DISTINCT root.*
  FROM error_groups g
  JOIN error_groups root ON root.group_id = coalesce(g.merged_into, g.group_id)
  WHERE g.fingerprint = p_fingerprint
    AND (p_service IS NULL OR g.service = p_service)
    AND (p_environment IS NULL OR g.environment = p_environment);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no error has the fingerprint %', quote_literal(p_fingerprint)
        || coalesce(' in service ' || quote_literal(p_service), '')
        || coalesce(' in environment ' || quote_literal(p_environment), '')
      USING ERRCODE = 'HW002',
            HINT = 'SELECT fingerprint, service, environment, title FROM issues shows those there are.';
  END IF;
END
$$;

COMMENT ON FUNCTION groups_of IS
  'Groups of a fingerprint, in all services and environments where those are null; of a merged one that which it was merged into. An error, where there is none.';

CREATE FUNCTION resolve_error(
  p_fingerprint     text,
  p_service         text    DEFAULT NULL,
  p_environment     text    DEFAULT NULL,
  p_in_release      text    DEFAULT NULL,
  p_in_next_release boolean DEFAULT false,
  p_by              text    DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  resolved int;
BEGIN
  IF p_in_release IS NOT NULL AND p_in_next_release THEN
    RAISE EXCEPTION 'an error is resolved in release % or in the next one, not in both', quote_literal(p_in_release)
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM lock_groups(), set_config('howdah.actor', coalesce(p_by, actor()), true);
  IF p_in_next_release AND EXISTS (
    SELECT
    FROM groups_of(p_fingerprint, p_service, p_environment) g
    WHERE NOT EXISTS (SELECT FROM releases r WHERE r.service = g.service)) THEN
    RAISE EXCEPTION 'no release of the service is known, so there is no next one'
      USING ERRCODE = 'HW003',
            HINT = 'Set the setting release in the application, or resolve without a release.';
  END IF;
  UPDATE error_groups g
  SET status = 'resolved',
      resolved_at = clock_timestamp(),
      resolved_by = actor(),
      resolved_in_release = p_in_release,
      resolved_after_release = CASE
        WHEN p_in_next_release THEN (
          SELECT r.release
          FROM releases r
          WHERE r.service = g.service
          ORDER BY r.first_seen DESC, r.release DESC
          LIMIT 1)
      END
  FROM groups_of(p_fingerprint, p_service, p_environment) o
  WHERE g.group_id = o.group_id;
  GET DIAGNOSTICS resolved = ROW_COUNT;
  RETURN resolved;
END
$$;

COMMENT ON FUNCTION resolve_error IS
  'The bug is mended: now, in a release, or in the one that comes next. Seen again after that (in such a release) it is a regression. Returns how many groups it has resolved.';

CREATE FUNCTION ignore_error(
  p_fingerprint   text,
  p_service       text        DEFAULT NULL,
  p_environment   text        DEFAULT NULL,
  p_until         timestamptz DEFAULT NULL,
  p_occurrences   bigint      DEFAULT NULL,
  p_until_release text        DEFAULT NULL,
  p_by            text        DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  ignored int;
BEGIN
  IF p_until <= now() THEN
    RAISE EXCEPTION 'p_until is %, which is over: it must be in the future', p_until
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF p_occurrences < 1 THEN
    RAISE EXCEPTION 'p_occurrences is %: it must be 1 or more', p_occurrences
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM lock_groups(), set_config('howdah.actor', coalesce(p_by, actor()), true);
  UPDATE error_groups g
  SET status = 'ignored',
      ignored_until = p_until,
      ignored_until_count = p_occurrences + (SELECT i.occurrences FROM issues i WHERE i.group_id = g.group_id),
      ignored_until_release = p_until_release
  FROM groups_of(p_fingerprint, p_service, p_environment) o
  WHERE g.group_id = o.group_id;
  GET DIAGNOSTICS ignored = ROW_COUNT;
  RETURN ignored;
END
$$;

COMMENT ON FUNCTION ignore_error IS
  'The bug is known and nobody need hear of it: for ever, until a time, for so many more occurrences, or until a release, whichever comes first. Returns how many groups it has changed.';

CREATE FUNCTION reopen_error(
  p_fingerprint text,
  p_service     text DEFAULT NULL,
  p_environment text DEFAULT NULL,
  p_by          text DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  reopened int;
BEGIN
  PERFORM lock_groups(), set_config('howdah.actor', coalesce(p_by, actor()), true);
  UPDATE error_groups g
  SET status = 'unresolved'
  FROM groups_of(p_fingerprint, p_service, p_environment) o
  WHERE g.group_id = o.group_id;
  GET DIAGNOSTICS reopened = ROW_COUNT;
  RETURN reopened;
END
$$;

COMMENT ON FUNCTION reopen_error IS
  'Takes a resolve or an ignore back. Returns how many groups it has changed.';

CREATE FUNCTION assign_error(
  p_fingerprint text,
  p_assignee    text,
  p_service     text DEFAULT NULL,
  p_environment text DEFAULT NULL,
  p_by          text DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  assigned int;
BEGIN
  PERFORM lock_groups(), set_config('howdah.actor', coalesce(p_by, actor()), true);
  UPDATE error_groups g
  SET assignee = p_assignee
  FROM groups_of(p_fingerprint, p_service, p_environment) o
  WHERE g.group_id = o.group_id;
  GET DIAGNOSTICS assigned = ROW_COUNT;
  RETURN assigned;
END
$$;

COMMENT ON FUNCTION assign_error IS
  'Says who looks after the bug; null: nobody. Returns how many groups it has changed.';

CREATE FUNCTION merge_errors(
  p_fingerprint text,
  p_into        text,
  p_service     text DEFAULT NULL,
  p_environment text DEFAULT NULL,
  p_by          text DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  merged int;
BEGIN
  PERFORM lock_groups(), set_config('howdah.actor', coalesce(p_by, actor()), true);
  IF NOT EXISTS (
    SELECT
    FROM groups_of(p_fingerprint, p_service, p_environment) f
    JOIN groups_of(p_into, p_service, p_environment) t
      ON t.service = f.service
     AND t.environment IS NOT DISTINCT FROM f.environment) THEN
    RAISE EXCEPTION 'the errors % and % are in no service and environment together',
        quote_literal(p_fingerprint), quote_literal(p_into)
      USING ERRCODE = 'HW002';
  END IF;
  -- What was merged into the first follows it, so that one step always leads to the root.
  UPDATE error_groups g
  SET merged_into = t.group_id
  FROM groups_of(p_fingerprint, p_service, p_environment) f
  JOIN groups_of(p_into, p_service, p_environment) t
    ON t.service = f.service
   AND t.environment IS NOT DISTINCT FROM f.environment
   AND t.group_id <> f.group_id
  WHERE g.group_id = f.group_id
     OR g.merged_into = f.group_id;
  GET DIAGNOSTICS merged = ROW_COUNT;
  RETURN merged;
END
$$;

COMMENT ON FUNCTION merge_errors IS
  'Two fingerprints are one bug: the first, and what was merged into it, counts as the second from now on and backwards. Returns how many groups it has changed.';

CREATE FUNCTION unmerge_error(
  p_fingerprint text,
  p_service     text DEFAULT NULL,
  p_environment text DEFAULT NULL,
  p_by          text DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  unmerged int;
BEGIN
  PERFORM lock_groups(), set_config('howdah.actor', coalesce(p_by, actor()), true);
  PERFORM groups_of(p_fingerprint, p_service, p_environment);
  UPDATE error_groups g
  SET merged_into = NULL
  WHERE g.fingerprint = p_fingerprint
    AND (p_service IS NULL OR g.service = p_service)
    AND (p_environment IS NULL OR g.environment = p_environment)
    AND g.merged_into IS NOT NULL;
  GET DIAGNOSTICS unmerged = ROW_COUNT;
  RETURN unmerged;
END
$$;

COMMENT ON FUNCTION unmerge_error IS
  'Takes a merge back: the fingerprint is a bug of its own again, with the counts and the status that it has itself. Returns how many groups it has changed.';

CREATE FUNCTION notify_on(
  p_fingerprint text,
  p_occurrences int[],
  p_service     text DEFAULT NULL,
  p_environment text DEFAULT NULL,
  p_by          text DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  changed int;
BEGIN
  IF 1 > ANY (p_occurrences) THEN
    RAISE EXCEPTION 'p_occurrences is %: each must be 1 or more', p_occurrences
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM lock_groups(), set_config('howdah.actor', coalesce(p_by, actor()), true);
  UPDATE error_groups g
  SET notify_on = p_occurrences
  FROM groups_of(p_fingerprint, p_service, p_environment) o
  WHERE g.group_id = o.group_id;
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed;
END
$$;

COMMENT ON FUNCTION notify_on IS
  'At which occurrences people are told of the bug, such as {1,100,200}; null: the default. Returns how many groups it has changed.';

CREATE VIEW issues AS
SELECT r.group_id,
       r.fingerprint,
       r.service,
       r.environment,
       r.exception_type,
       r.title,
       r.culprit,
       r.level,
       r.status,
       r.assignee,
       f.occurrences,
       f.first_seen,
       f.last_seen,
       f.first_release,
       f.last_release,
       r.resolved_at,
       r.resolved_by,
       r.resolved_in_release,
       r.ignored_until,
       r.regressed_at,
       f.merged
FROM error_groups r
JOIN (
  SELECT coalesce(g.merged_into, g.group_id) AS group_id,
         sum(g.occurrences + coalesce(d.occurrences, 0))::bigint AS occurrences,
         least(min(g.first_seen), min(d.first_seen)) AS first_seen,
         greatest(max(g.last_seen), max(d.last_seen)) AS last_seen,
         (array_agg(g.first_release ORDER BY g.first_seen))[1] AS first_release,
         (array_agg(g.last_release ORDER BY g.last_seen DESC))[1] AS last_release,
         count(*) - 1 AS merged
  FROM error_groups g
  LEFT JOIN (
    SELECT n.group_id,
           sum(n.occurrences) AS occurrences,
           min(n.first_seen) AS first_seen,
           max(n.last_seen) AS last_seen
    FROM error_deltas n
    GROUP BY n.group_id
  ) d ON d.group_id = g.group_id
  GROUP BY coalesce(g.merged_into, g.group_id)
) f ON f.group_id = r.group_id;

COMMENT ON VIEW issues IS 'One row for each bug, with what was merged into it and what is not folded yet: ask this.';

CREATE FUNCTION error_stats(
  OUT unresolved      bigint,
  OUT resolved        bigint,
  OUT ignored         bigint,
  OUT regressed       bigint,
  OUT occurrences     bigint,
  OUT occurrences_24h bigint
)
LANGUAGE sql
STABLE
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
  SELECT count(*) FILTER (WHERE status = 'unresolved'),
         count(*) FILTER (WHERE status = 'resolved'),
         count(*) FILTER (WHERE status = 'ignored'),
         count(*) FILTER (WHERE status = 'unresolved' AND regressed_at IS NOT NULL),
         coalesce(sum(occurrences), 0)::bigint,
         (SELECT coalesce(sum(o.weight), 0)
          FROM error_occurrences o
          WHERE o.occurred_at > now() - interval '24 hours')
  FROM issues;
$$;

COMMENT ON FUNCTION error_stats IS
  'Issues by status, those of the unresolved that had been resolved before, and occurrences in all and of the last 24 hours.';

CREATE OR REPLACE VIEW errors AS
SELECT coalesce(o.capture_id::text, to_hex(o.instance_id) || '-' || to_hex(o.seq)) AS id,
       r.fingerprint,
       o.message,
       o.exception_type,
       s.stack_trace,
       o.context,
       o.occurred_at,
       r.environment,
       r.resolved_at,
       o.trace_id,
       o.span_id,
       r.service,
       r.status,
       r.assignee,
       r.level,
       r.title,
       r.culprit,
       r.group_id,
       i.release,
       i.host,
       o.weight
FROM error_occurrences o
LEFT JOIN error_groups g ON g.group_id = o.group_id
LEFT JOIN error_groups r ON r.group_id = coalesce(g.merged_into, g.group_id)
LEFT JOIN instances i ON i.instance_id = o.instance_id
LEFT JOIN stack_traces s ON s.stack_id = o.stack_id;

COMMENT ON VIEW errors IS
  'Each occurrence of an error with everything that belongs to it: ask this. Where a storm was sampled a row stands for weight occurrences.';

CREATE OR REPLACE FUNCTION install_roles()
RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  schema_name text := current_schema();
  role_name   text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['howdah_writer', 'howdah_reader', 'howdah_admin'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
      EXCEPTION
        -- Roles belong to the whole server: another database's installation may be faster.
        WHEN duplicate_object OR unique_violation THEN NULL;
        WHEN insufficient_privilege THEN
          RAISE NOTICE 'role % is missing: an administrator may run CREATE ROLE % NOLOGIN; and SELECT %.install_roles();',
            role_name, role_name, quote_ident(schema_name);
      END;
    END IF;
    CONTINUE WHEN NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', schema_name, role_name);
    -- Flyway keeps its own books and has no such table.
    IF to_regclass('schema_migrations') IS NOT NULL THEN
      EXECUTE format('GRANT SELECT ON schema_migrations TO %I', role_name);
    END IF;
    EXECUTE format('GRANT EXECUTE ON FUNCTION error_stats TO %I', role_name);
    CASE role_name
      WHEN 'howdah_writer' THEN
        GRANT INSERT ON log_events, error_occurrences, error_deltas, spans TO howdah_writer;
      WHEN 'howdah_reader' THEN
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO howdah_reader', schema_name);
      ELSE
        EXECUTE format(
          'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO howdah_admin', schema_name);
    END CASE;
    IF role_name <> 'howdah_reader' THEN
      EXECUTE format(
        'GRANT EXECUTE ON FUNCTION register_instance, open_batch, offer_batch, record_dictionary, record_errors, fold_errors, maintain TO %I',
        role_name);
      -- An application's ErrorTracker resolves and assigns as people do.
      EXECUTE format(
        'GRANT EXECUTE ON FUNCTION resolve_error, ignore_error, reopen_error, assign_error, merge_errors, unmerge_error, notify_on TO %I',
        role_name);
      EXECUTE format('GRANT EXECUTE ON FUNCTION actor TO %I', role_name);
    END IF;
  END LOOP;
END
$$;

DO $$
BEGIN
  EXECUTE format('REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema());
  PERFORM install_roles();
END
$$;
