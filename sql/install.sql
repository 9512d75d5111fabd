-- Installs or upgrades Howdah's schema:  psql -v schema=monitoring -f sql/install.sql
-- Made by sql/update-install from migrations/index.txt.
\set ON_ERROR_STOP on
\if :{?schema}
\else
\set schema monitoring
\endif
BEGIN;
SELECT pg_advisory_xact_lock(hashtextextended('howdah:migrate:' || :'schema', 0));
CREATE SCHEMA IF NOT EXISTS :"schema";
SET LOCAL search_path TO :"schema", pg_temp;
\ir migrations/schema_migrations.sql

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 1) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 1 AND checksum <> '2d6edf81c88881b868b1d70a5cf71392a9b14cadf675efa4b7cd152b1d12e8d3') AS changed
\gset
\if :changed
\warn 'V001__logs.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V001__logs.sql differs from what was installed";
\elif :missing
\ir migrations/V001__logs.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (1, 'V001__logs.sql', '2d6edf81c88881b868b1d70a5cf71392a9b14cadf675efa4b7cd152b1d12e8d3');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 2) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 2 AND checksum <> '340a636ca0eedbf23778ce4d32cc9b7e1c298136ed75b61fa6db85672e6d9797') AS changed
\gset
\if :changed
\warn 'V002__errors.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V002__errors.sql differs from what was installed";
\elif :missing
\ir migrations/V002__errors.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (2, 'V002__errors.sql', '340a636ca0eedbf23778ce4d32cc9b7e1c298136ed75b61fa6db85672e6d9797');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 3) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 3 AND checksum <> 'd4cae53c288c13abc0736bd3694b68654ca67fc6f84273cae6bb472c825e8810') AS changed
\gset
\if :changed
\warn 'V003__traces.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V003__traces.sql differs from what was installed";
\elif :missing
\ir migrations/V003__traces.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (3, 'V003__traces.sql', 'd4cae53c288c13abc0736bd3694b68654ca67fc6f84273cae6bb472c825e8810');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 4) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 4 AND checksum <> 'fb960aa963b2b2e3f1258a459b747d9db0d5935ca471de1ff3b130b48816fe5b') AS changed
\gset
\if :changed
\warn 'V004__notifications.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V004__notifications.sql differs from what was installed";
\elif :missing
\ir migrations/V004__notifications.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (4, 'V004__notifications.sql', 'fb960aa963b2b2e3f1258a459b747d9db0d5935ca471de1ff3b130b48816fe5b');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 5) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 5 AND checksum <> '40779b916a18159135b66decd68c4567976e7ae124754dc90173deb3ce674f52') AS changed
\gset
\if :changed
\warn 'V005__writer_functions.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V005__writer_functions.sql differs from what was installed";
\elif :missing
\ir migrations/V005__writer_functions.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (5, 'V005__writer_functions.sql', '40779b916a18159135b66decd68c4567976e7ae124754dc90173deb3ce674f52');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 6) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 6 AND checksum <> '7a32c53195c83b11ffa052b146eb1ef21dbed6349e23e57363adb47b8ee2220e') AS changed
\gset
\if :changed
\warn 'V006__maintenance.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V006__maintenance.sql differs from what was installed";
\elif :missing
\ir migrations/V006__maintenance.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (6, 'V006__maintenance.sql', '7a32c53195c83b11ffa052b146eb1ef21dbed6349e23e57363adb47b8ee2220e');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 7) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 7 AND checksum <> 'ab54b81c64f8047206515e83cd06ed4cbc41f75e645a045485112715a60e2bfc') AS changed
\gset
\if :changed
\warn 'V007__roles.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V007__roles.sql differs from what was installed";
\elif :missing
\ir migrations/V007__roles.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (7, 'V007__roles.sql', 'ab54b81c64f8047206515e83cd06ed4cbc41f75e645a045485112715a60e2bfc');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 8) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 8 AND checksum <> '02eb85273e09e5502038a97deafc0eaea5fe2d794eb543a0368c1fa91467e899') AS changed
\gset
\if :changed
\warn 'V008__offer_batch.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V008__offer_batch.sql differs from what was installed";
\elif :missing
\ir migrations/V008__offer_batch.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (8, 'V008__offer_batch.sql', '02eb85273e09e5502038a97deafc0eaea5fe2d794eb543a0368c1fa91467e899');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 9) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 9 AND checksum <> '788c9ebfac0fce6b9c972b727564eca8875002ecb4698f7d8d0c94dd2f3901fd') AS changed
\gset
\if :changed
\warn 'V009__error_groups.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V009__error_groups.sql differs from what was installed";
\elif :missing
\ir migrations/V009__error_groups.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (9, 'V009__error_groups.sql', '788c9ebfac0fce6b9c972b727564eca8875002ecb4698f7d8d0c94dd2f3901fd');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 10) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 10 AND checksum <> '55e9b06e8e1e535f71958174fc14fc9bb5ff4593ab3db5a70981e643130b8c83') AS changed
\gset
\if :changed
\warn 'V010__notifications.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V010__notifications.sql differs from what was installed";
\elif :missing
\ir migrations/V010__notifications.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (10, 'V010__notifications.sql', '55e9b06e8e1e535f71958174fc14fc9bb5ff4593ab3db5a70981e643130b8c83');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 11) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 11 AND checksum <> '0be65ad1b4a6cd563e1e9ecd2cdce5bfff3fed618debc06e575d7afecd40a54e') AS changed
\gset
\if :changed
\warn 'V011__first_range.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V011__first_range.sql differs from what was installed";
\elif :missing
\ir migrations/V011__first_range.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (11, 'V011__first_range.sql', '0be65ad1b4a6cd563e1e9ecd2cdce5bfff3fed618debc06e575d7afecd40a54e');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 12) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 12 AND checksum <> 'a6c19e1b78edbc0415a3673e7e61a24f33a52b935e2af7ec56fa752ec6103554') AS changed
\gset
\if :changed
\warn 'V012__trace.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V012__trace.sql differs from what was installed";
\elif :missing
\ir migrations/V012__trace.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (12, 'V012__trace.sql', 'a6c19e1b78edbc0415a3673e7e61a24f33a52b935e2af7ec56fa752ec6103554');
\endif

SELECT NOT EXISTS (SELECT FROM schema_migrations WHERE version = 13) AS missing,
       EXISTS (SELECT FROM schema_migrations WHERE version = 13 AND checksum <> 'f89d4065cb812d9271e168d344fe3f1fb50ad3318aee3c81aa90bdd9fc7b6b9d') AS changed
\gset
\if :changed
\warn 'V013__ended_days.sql differs from what was installed: restore the file, or make a new migration'
SELECT 1 / 0 AS "V013__ended_days.sql differs from what was installed";
\elif :missing
\ir migrations/V013__ended_days.sql
INSERT INTO schema_migrations (version, name, checksum)
VALUES (13, 'V013__ended_days.sql', 'f89d4065cb812d9271e168d344fe3f1fb50ad3318aee3c81aa90bdd9fc7b6b9d');
\endif

COMMIT;
