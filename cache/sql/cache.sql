-- The cache's table and functions. May be run again: what is there stays.
-- Objects are unqualified and found by search_path.

CREATE OR REPLACE FUNCTION cache_now()
RETURNS timestamptz
LANGUAGE sql
VOLATILE
PARALLEL SAFE
AS $$ SELECT pg_catalog.clock_timestamp() $$;

COMMENT ON FUNCTION cache_now IS
  'The cache''s clock. Not now(), which stands still in a transaction: an entry that expires meanwhile must not be seen.';

-- The order of bytes lets the key's own index find prefixes. No index on expires_at: it would make
-- every SET write the indexes anew, where otherwise it is a HOT update, for which pages keep room.
-- No CHECK that one of value and bytes is there: each SET would read it from the catalog as text, a tenth of its time.
CREATE UNLOGGED TABLE IF NOT EXISTS cache_entries (
  key         text COLLATE "C" PRIMARY KEY,
  value       jsonb,
  bytes       bytea,
  tags        text[],
  expires_at  timestamptz NOT NULL DEFAULT 'infinity',
  stale_until timestamptz NOT NULL DEFAULT 'infinity',
  created_at  timestamptz NOT NULL DEFAULT cache_now(),
  used_at     timestamptz NOT NULL DEFAULT cache_now()
) WITH (
  fillfactor = 70,
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_cost_delay = 0,
  toast.autovacuum_vacuum_scale_factor = 0.05,
  toast.autovacuum_vacuum_cost_delay = 0
);

COMMENT ON TABLE cache_entries IS 'The cache. UNLOGGED: emptied by a crash of the server, absent on standbys.';
COMMENT ON COLUMN cache_entries.key IS 'Name of the entry, at most 1024 bytes.';
COMMENT ON COLUMN cache_entries.value IS 'The value as JSON; null where it is bytes.';
COMMENT ON COLUMN cache_entries.bytes IS 'The value as bytes; null where it is JSON.';
COMMENT ON COLUMN cache_entries.tags IS 'Tags by which entries are deleted together; null where there are none.';
COMMENT ON COLUMN cache_entries.expires_at IS 'From then on the entry is not there, whether or not its row is; infinity: never.';
COMMENT ON COLUMN cache_entries.stale_until IS 'Until then an expired value may be shown while a new one is computed; then the row is deleted.';
COMMENT ON COLUMN cache_entries.created_at IS 'When the value was set.';
COMMENT ON COLUMN cache_entries.used_at IS 'When the value was set or read, roughly; kept only where the cache has a maximum size.';

-- Few entries have tags; a SET that leaves them as they are stays HOT.
CREATE INDEX IF NOT EXISTS cache_entries_tags
  ON cache_entries USING gin (tags)
  WHERE tags IS NOT NULL;

COMMENT ON INDEX cache_entries_tags IS 'Finds the entries of a tag.';

CREATE UNLOGGED TABLE IF NOT EXISTS cache_tasks (
  task   text        PRIMARY KEY,
  run_at timestamptz NOT NULL
);

COMMENT ON TABLE cache_tasks IS 'When work was last begun that one instance does for all.';
COMMENT ON COLUMN cache_tasks.task IS 'Name of the work, such as cleanup.';
COMMENT ON COLUMN cache_tasks.run_at IS 'When it was begun.';

CREATE OR REPLACE VIEW cache_sizes AS
SELECT CASE WHEN position(':' IN key) > 0 THEN split_part(key, ':', 1) || ':' ELSE '' END AS prefix,
       count(*) AS entries,
       sum(pg_column_size(entry.*)) AS bytes
FROM cache_entries AS entry
WHERE expires_at > cache_now()
GROUP BY 1;

COMMENT ON VIEW cache_sizes IS
  'Entries that are not expired and the bytes of their rows, as stored, by what stands before the first colon of their keys.';

CREATE OR REPLACE FUNCTION like_literal(p_text text)
RETURNS text
LANGUAGE sql
IMMUTABLE
AS $$ SELECT pg_catalog.regexp_replace(p_text, '([\\%_])', '\\\1', 'g') $$;

COMMENT ON FUNCTION like_literal IS 'A text as LIKE takes it literally.';

CREATE OR REPLACE FUNCTION key_like(p_pattern text)
RETURNS text
LANGUAGE sql
IMMUTABLE
SET search_path FROM CURRENT
AS $$ SELECT replace(like_literal(p_pattern), '*', '%') $$;

COMMENT ON FUNCTION key_like IS 'A pattern of keys, with * for any characters, as LIKE takes it.';

CREATE OR REPLACE FUNCTION invalidate_changed()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  pattern  text   := TG_ARGV[0];
  columns  text[] := ARRAY(SELECT m[1] FROM regexp_matches(pattern, '\{([^{}]+)\}', 'g') AS m);
  literals text[] := regexp_split_to_array(pattern, '\{[^{}]+\}');
  globbed  boolean := position('*' IN pattern) > 0;
  parts    text[] := '{}';
  key_of   text;
  changed  text;
  doomed   text;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM cache_entries
    WHERE key LIKE key_like(regexp_replace(pattern, '\{[^{}]+\}', '*', 'g'));
    RETURN NULL;
  END IF;

  -- The key of a row as an expression: literals and columns by turns.
  FOR i IN 1 .. cardinality(literals) LOOP
    parts := parts || quote_literal(CASE WHEN globbed THEN key_like(literals[i]) ELSE literals[i] END);
    IF i <= cardinality(columns) THEN
      parts := parts || format(CASE WHEN globbed THEN 'like_literal(%I::text)' ELSE '%I' END, columns[i]);
    END IF;
  END LOOP;
  key_of := 'concat(' || array_to_string(parts, ', ') || ')';
  changed := CASE TG_OP
    WHEN 'INSERT' THEN format('SELECT %s AS key FROM new_rows', key_of)
    WHEN 'DELETE' THEN format('SELECT %s AS key FROM old_rows', key_of)
    ELSE format('SELECT %1$s AS key FROM old_rows UNION SELECT %1$s FROM new_rows', key_of)
  END;

  IF globbed THEN
    FOR doomed IN EXECUTE changed LOOP
      -- The pattern as a constant, so that the index finds its beginning.
      EXECUTE format('DELETE FROM cache_entries WHERE key LIKE %L', doomed);
    END LOOP;
  ELSE
    EXECUTE format(
      'DELETE FROM cache_entries AS entry USING (%s) AS changed WHERE entry.key = changed.key', changed);
  END IF;
  RETURN NULL;
END
$$;

COMMENT ON FUNCTION invalidate_changed IS 'The trigger of invalidate_on: deletes the keys of changed rows.';

-- It deletes with its owner's rights: who may make triggers must not delete whatever he likes.
REVOKE EXECUTE ON FUNCTION invalidate_changed FROM PUBLIC;

CREATE OR REPLACE FUNCTION invalidation_trigger(p_pattern text)
RETURNS text
LANGUAGE sql
IMMUTABLE
AS $$ SELECT 'howdah_cache_' || pg_catalog.left(pg_catalog.md5(p_pattern), 12) $$;

COMMENT ON FUNCTION invalidation_trigger IS 'How the names of a pattern''s triggers begin: a table may have several.';

CREATE OR REPLACE FUNCTION invalidate_on(p_table regclass, p_pattern text)
RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  unknown text;
  event   record;
BEGIN
  SELECT m[1] INTO unknown
  FROM regexp_matches(p_pattern, '\{([^{}]+)\}', 'g') AS m
  WHERE NOT EXISTS (
    SELECT
    FROM pg_attribute
    WHERE attrelid = p_table AND attname = m[1] AND attnum > 0 AND NOT attisdropped);
  IF unknown IS NOT NULL THEN
    RAISE EXCEPTION 'pattern ''%'': table % has no column ''%''', p_pattern, p_table, unknown
      USING ERRCODE = 'undefined_column';
  END IF;

  FOR event IN
    SELECT *
    FROM (VALUES
      ('insert', 'REFERENCING NEW TABLE AS new_rows'),
      ('update', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'),
      ('delete', 'REFERENCING OLD TABLE AS old_rows'),
      ('truncate', '')) AS e (name, transition)
  LOOP
    EXECUTE format(
      'CREATE OR REPLACE TRIGGER %I AFTER %s ON %s %s FOR EACH STATEMENT EXECUTE FUNCTION invalidate_changed(%L)',
      invalidation_trigger(p_pattern) || '_' || event.name,
      event.name, p_table, event.transition, p_pattern);
  END LOOP;
END
$$;

COMMENT ON FUNCTION invalidate_on IS
  'From now on whoever changes rows of a table deletes their keys in the same transaction: invalidate_on(''users'', ''user:{id}''). {column} is its value, * any characters.';

CREATE OR REPLACE FUNCTION invalidate_no_more(p_table regclass, p_pattern text)
RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  event text;
BEGIN
  FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
    EXECUTE format(
      'DROP TRIGGER IF EXISTS %I ON %s', invalidation_trigger(p_pattern) || '_' || event, p_table);
  END LOOP;
END
$$;

COMMENT ON FUNCTION invalidate_no_more IS 'Takes invalidate_on back.';

CREATE OR REPLACE FUNCTION notify_changed()
RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  most CONSTANT int := 500;
  keys text[];
  told text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    -- What has expired is in nobody's memory.
    keys := ARRAY(SELECT key FROM old_rows WHERE expires_at > cache_now() LIMIT most + 1);
  ELSIF TG_OP = 'UPDATE' THEN
    -- Not where only used_at has changed.
    keys := ARRAY(
      SELECT o.key
      FROM old_rows AS o
      LEFT JOIN new_rows AS n USING (key)
      WHERE o.expires_at > cache_now()
        AND (n.value, n.bytes, n.expires_at) IS DISTINCT FROM (o.value, o.bytes, o.expires_at)
      LIMIT most + 1);
  END IF;
  IF cardinality(keys) = 0 THEN
    RETURN NULL;
  END IF;
  told := to_jsonb(keys)::text;
  -- TRUNCATE has no rows to tell of; a notification holds less than 8000 bytes.
  IF keys IS NULL OR cardinality(keys) > most OR octet_length(told) > 7900 THEN
    told := '*';
  END IF;
  PERFORM pg_notify(TG_TABLE_SCHEMA, told);
  RETURN NULL;
END
$$;

COMMENT ON FUNCTION notify_changed IS
  'The trigger of notify_changes: one notification for each statement, with the changed keys as JSON, or * for all.';

CREATE OR REPLACE FUNCTION notify_changes()
RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
  -- New keys need none: nobody can have an old value of theirs.
  CREATE OR REPLACE TRIGGER cache_entries_notify_update
    AFTER UPDATE ON cache_entries
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION notify_changed();
  CREATE OR REPLACE TRIGGER cache_entries_notify_delete
    AFTER DELETE ON cache_entries
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION notify_changed();
  CREATE OR REPLACE TRIGGER cache_entries_notify_truncate
    AFTER TRUNCATE ON cache_entries
    FOR EACH STATEMENT EXECUTE FUNCTION notify_changed();
END
$$;

COMMENT ON FUNCTION notify_changes IS
  'From now on changes are told to those who keep copies in memory. Costs each change a NOTIFY, whose commits queue one behind the other.';

CREATE OR REPLACE FUNCTION cache_version()
RETURNS int
LANGUAGE sql
IMMUTABLE
AS $$ SELECT 1 $$;

COMMENT ON FUNCTION cache_version IS 'Which of its releases this file was; applications install theirs where it is newer.';
