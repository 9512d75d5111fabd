CREATE FUNCTION make_partition(p_parent regclass, p_column name, p_day date)
RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  parent_name text := (SELECT relname FROM pg_class WHERE oid = p_parent);
  part        text := parent_name || '_p' || to_char(p_day, 'YYYYMMDD');
  strays      text := parent_name || '_default';
  day_start   timestamptz := p_day::timestamp AT TIME ZONE 'UTC';
  day_end     timestamptz := (p_day + 1)::timestamp AT TIME ZONE 'UTC';
  moved       bigint;
BEGIN
  -- PARTITION OF would lock the parent against everybody; ATTACH lets readers and writers go on.
  EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING ALL)', part, p_parent);
  -- Nobody may add a stray of this day between the move and the attachment.
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', strays);
  EXECUTE format(
    'WITH moved AS (DELETE FROM %1$I WHERE %2$I >= $1 AND %2$I < $2 RETURNING *) INSERT INTO %3$I SELECT * FROM moved',
    strays, p_column, part)
  USING day_start, day_end;
  GET DIAGNOSTICS moved = ROW_COUNT;
  EXECUTE format(
    'ALTER TABLE %s ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    p_parent, part, day_start, day_end);
  RETURN moved;
END
$$;

COMMENT ON FUNCTION make_partition IS
  'Makes the partition of one UTC day and moves that day''s rows out of the default partition; returns how many.';

CREATE FUNCTION maintain_table(
  p_parent    regclass,
  p_column    name,
  p_retention interval,
  p_ahead     int,
  OUT created int,
  OUT dropped int,
  OUT moved   bigint,
  OUT deleted bigint
)
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  strays  text := (SELECT relname FROM pg_class WHERE oid = p_parent) || '_default';
  today   date := (now() AT TIME ZONE 'UTC')::date;
  oldest  date := ((now() - p_retention) AT TIME ZONE 'UTC')::date;
  wanted  date;
  old     regclass;
BEGIN
  created := 0;
  dropped := 0;
  moved := 0;
  deleted := 0;
  EXECUTE format('DELETE FROM %I WHERE %I < $1', strays, p_column)
  USING oldest::timestamp AT TIME ZONE 'UTC';
  GET DIAGNOSTICS deleted = ROW_COUNT;

  FOR wanted IN EXECUTE format(
    'SELECT day::date FROM generate_series($1::timestamp, $2::timestamp, interval ''1 day'') AS day
     UNION
     SELECT DISTINCT (%1$I AT TIME ZONE ''UTC'')::date FROM %2$I
     WHERE %1$I < ($2 + 1)::timestamp AT TIME ZONE ''UTC''
     ORDER BY 1', p_column, strays)
  USING today, today + p_ahead
  LOOP
    CONTINUE WHEN EXISTS (
      SELECT
      FROM partition_bounds(p_parent)
      WHERE lower_bound <= wanted::timestamp AT TIME ZONE 'UTC'
        AND upper_bound >= (wanted + 1)::timestamp AT TIME ZONE 'UTC');
    -- A step that cannot have its lock at once is left to the next run: nobody queues behind it.
    BEGIN
      moved := moved + make_partition(p_parent, p_column, wanted);
      created := created + 1;
    EXCEPTION WHEN lock_not_available THEN
      RAISE NOTICE 'partition of % for % is left to the next run', p_parent, wanted;
    END;
  END LOOP;

  FOR old IN
    SELECT part
    FROM partition_bounds(p_parent)
    WHERE upper_bound <= oldest::timestamp AT TIME ZONE 'UTC'
  LOOP
    BEGIN
      EXECUTE format('DROP TABLE %s', old);
      dropped := dropped + 1;
    EXCEPTION WHEN lock_not_available THEN
      RAISE NOTICE 'partition % is left to the next run', old;
    END;
  END LOOP;
END
$$;

COMMENT ON FUNCTION maintain_table IS
  'Makes a table''s partitions ahead, moves or deletes strays, drops what is older than the retention.';

CREATE FUNCTION partition_bounds(p_parent regclass)
RETURNS TABLE (part regclass, lower_bound timestamptz, upper_bound timestamptz)
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
AS $$
  -- By their bounds, not their names: people make partitions too.
  SELECT c.oid::regclass,
         (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([^'']+)''\)'))[1]::timestamptz,
         (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz
  FROM pg_inherits h
  JOIN pg_class c ON c.oid = h.inhrelid
  WHERE h.inhparent = p_parent
    AND pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT';
$$;

COMMENT ON FUNCTION partition_bounds IS 'The partitions of a table, but for the default one, with their bounds.';

CREATE FUNCTION maintain(
  log_retention   interval DEFAULT '30 days',
  error_retention interval DEFAULT '90 days',
  days_ahead      int      DEFAULT 7,
  OUT partitions_created      int,
  OUT partitions_dropped      int,
  OUT strays_moved            bigint,
  OUT strays_deleted          bigint,
  OUT dictionary_rows_removed bigint,
  OUT skipped                 boolean
)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  logs_done   record;
  errors_done record;
  forget      timestamptz := now() - greatest(log_retention, error_retention) - interval '1 day';
  removed     bigint;
BEGIN
  partitions_created := 0;
  partitions_dropped := 0;
  strays_moved := 0;
  strays_deleted := 0;
  dictionary_rows_removed := 0;
  skipped := NOT pg_try_advisory_xact_lock(
    hashtextextended('howdah:maintain:' || current_schema(), 0));
  IF skipped THEN
    RETURN;
  END IF;
  PERFORM set_config('lock_timeout', '2s', true);
  logs_done := maintain_table('log_events', 'logged_at', log_retention, days_ahead);
  errors_done := maintain_table('error_occurrences', 'occurred_at', error_retention, days_ahead);
  partitions_created := logs_done.created + errors_done.created;
  partitions_dropped := logs_done.dropped + errors_done.dropped;
  strays_moved := logs_done.moved + errors_done.moved;
  strays_deleted := logs_done.deleted + errors_done.deleted;

  -- Instances send what they use again within hours, so last_seen tells what no row refers to.
  DELETE FROM stack_traces WHERE last_seen < forget;
  GET DIAGNOSTICS dictionary_rows_removed = ROW_COUNT;
  DELETE FROM call_sites WHERE last_seen < forget;
  GET DIAGNOSTICS removed = ROW_COUNT;
  dictionary_rows_removed := dictionary_rows_removed + removed;
  DELETE FROM instances WHERE coalesce(last_batch_at, started_at) < forget;
END
$$;

COMMENT ON FUNCTION maintain IS
  'Looks after partitions and dictionaries; skipped is true when another session is at it. To be called about hourly, by any instance or by pg_cron.';
