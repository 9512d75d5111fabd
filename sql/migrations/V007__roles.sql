CREATE FUNCTION install_roles()
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
        'GRANT EXECUTE ON FUNCTION register_instance, open_batch, record_dictionary, maintain TO %I',
        role_name);
    END IF;
  END LOOP;
END
$$;

COMMENT ON FUNCTION install_roles IS
  'Makes the roles howdah_writer, howdah_reader and howdah_admin where it may, and grants them their rights. Can be called again.';

DO $$
BEGIN
  EXECUTE format('REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema());
  PERFORM install_roles();
END
$$;
