-- Beside open_batch, not in its place: instances of an older release go on while newer ones start.
CREATE FUNCTION offer_batch(p_instance_id bigint, p_batch bigint, p_dropped bigint, p_known bigint)
RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  last bigint;
BEGIN
  -- The row lock makes a retry wait for the verdict on an older transaction of the same batch.
  SELECT last_batch INTO last
  FROM instances
  WHERE instance_id = p_instance_id
  FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'instance % is not registered', p_instance_id
      USING ERRCODE = 'HW001',
            HINT = 'Call register_instance first.';
  END IF;
  IF last >= p_known AND last < p_batch THEN
    UPDATE instances
    SET last_batch = p_batch,
        last_batch_at = clock_timestamp(),
        dropped = greatest(dropped, p_dropped)
    WHERE instance_id = p_instance_id;
  END IF;
  RETURN last;
END
$$;

COMMENT ON FUNCTION offer_batch IS
  'Returns the number of the instance''s last batch, locked. Below p_known: this server has lost what it had acknowledged, write nothing, send that again. At or above p_batch: it was written before, write nothing. Else p_batch is noted: write it. To be called first in the batch''s transaction.';

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
        'GRANT EXECUTE ON FUNCTION register_instance, open_batch, offer_batch, record_dictionary, maintain TO %I',
        role_name);
    END IF;
  END LOOP;
END
$$;

DO $$
BEGIN
  REVOKE EXECUTE ON FUNCTION offer_batch FROM PUBLIC;
  PERFORM install_roles();
END
$$;
