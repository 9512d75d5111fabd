-- Installs or upgrades the cache:  psql -v schema=howdah_cache -f cache/sql/install.sql
-- With  -v logged=1  it survives a crash of the server, and is on standbys; a SET then writes WAL.
\set ON_ERROR_STOP on
\if :{?schema}
\else
\set schema howdah_cache
\endif
BEGIN;
SELECT pg_advisory_xact_lock(hashtextextended('howdah:cache:install:' || :'schema', 0));
CREATE SCHEMA IF NOT EXISTS :"schema";
SET LOCAL search_path TO :"schema", pg_temp;
\ir cache.sql
\if :{?logged}
ALTER TABLE cache_entries SET LOGGED;
\endif
COMMIT;
