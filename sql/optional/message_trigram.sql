-- Finds events by any part of their message: WHERE message ILIKE '%refused%'.
--
-- What it costs: it is a GIN index as that of context_gin.sql is, with more keys for each row; see
-- there. Not worth it where a time and a level are named, which the default indexes serve.
--
-- Needs the extension pg_trgm, which PostgreSQL's own packages bring, and the right to create it.
-- Events that are logged while it is built wait in the application's memory.
-- To be run in Howdah's schema; to undo it: DROP INDEX log_events_message;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX IF NOT EXISTS log_events_message ON log_events USING gin (message gin_trgm_ops);

COMMENT ON INDEX log_events_message IS 'Optional: makes message LIKE fast and COPY slow.';
