-- VACUUM summarises ranges of 128 blocks when they are full. The last range of a day never is, and without a summary a search
-- by the bloom filters reads all of it: 64 blocks of each past day on average, which for small services is most of what is read.
CREATE FUNCTION summarise_ended_days(p_parent regclass)
RETURNS int
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  today      timestamptz := date_trunc('day', now(), 'UTC');
  summarised int := 0;
  ended      record;
BEGIN
  -- Of the last two days: those before were done when they were yesterday, or wait for VACUUM as they did.
  FOR ended IN
    SELECT b.part, i.indexrelid AS brin
    FROM partition_bounds(p_parent) b
    JOIN pg_index i ON i.indrelid = b.part
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am a ON a.oid = c.relam
    WHERE a.amname = 'brin'
      AND b.upper_bound <= today
      AND b.upper_bound > today - interval '2 days'
  LOOP
    BEGIN
      -- Whoever waits for VACUUM's lock has an autovacuum cancelled.
      EXECUTE format('LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE NOWAIT', ended.part);
      summarised := summarised + brin_summarize_new_values(ended.brin);
    EXCEPTION WHEN lock_not_available THEN
      RAISE NOTICE 'partition % is summarised by the next run', ended.part;
    END;
  END LOOP;
  RETURN summarised;
END
$$;

COMMENT ON FUNCTION summarise_ended_days IS
  'Has the BRIN indexes of the last two ended UTC days know their last blocks too; returns how many ranges were new to them.';

CREATE OR REPLACE FUNCTION maintain(
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
  -- Last of all that needs the partitions: strays have been moved by now.
  PERFORM summarise_ended_days('log_events');

  -- Instances send what they use again within hours, so last_seen tells what no row refers to.
  DELETE FROM stack_traces WHERE last_seen < forget;
  GET DIAGNOSTICS dictionary_rows_removed = ROW_COUNT;
  DELETE FROM call_sites WHERE last_seen < forget;
  GET DIAGNOSTICS removed = ROW_COUNT;
  dictionary_rows_removed := dictionary_rows_removed + removed;
  DELETE FROM instances WHERE coalesce(last_batch_at, started_at) < forget;
END
$$;

REVOKE EXECUTE ON FUNCTION summarise_ended_days FROM PUBLIC;
