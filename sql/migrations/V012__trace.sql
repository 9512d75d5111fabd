-- The planner does not know what bloom filters leave out: it goes by the order of a column's values, trace ids have none,
-- and so it reads every day as a whole. Where a scan is forbidden it asks the filters first. Without a LIMIT, which would
-- make it go through the days by their time.
CREATE FUNCTION trace(p_trace_id text)
RETURNS SETOF logs
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
SET enable_seqscan = off
AS $$
  SELECT *
  FROM logs
  WHERE trace_id = p_trace_id
  ORDER BY logged_at, instance_id, seq;
$$;

COMMENT ON FUNCTION trace IS
  'All events of a trace, oldest first, found by bloom filters: a select of logs with such a condition reads every row.';

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
    EXECUTE format('GRANT EXECUTE ON FUNCTION error_stats, trace TO %I', role_name);
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
      EXECUTE format(
        'GRANT EXECUTE ON FUNCTION register_channel, claim_notification, notification_sent, notification_failed, resend_notification, test_channel TO %I',
        role_name);
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
