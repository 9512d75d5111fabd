CREATE TABLE IF NOT EXISTS schema_migrations (
  version      int         PRIMARY KEY,
  name         text        NOT NULL,
  checksum     text        NOT NULL,
  installed_at timestamptz NOT NULL DEFAULT now(),
  installed_by text        NOT NULL DEFAULT current_user
);

COMMENT ON TABLE schema_migrations IS 'Which migrations of Howdah this schema has.';
COMMENT ON COLUMN schema_migrations.version IS 'Number of the migration, from its file name.';
COMMENT ON COLUMN schema_migrations.name IS 'File name of the migration.';
COMMENT ON COLUMN schema_migrations.checksum IS 'SHA-256 (hex) of the file with LF line ends.';
COMMENT ON COLUMN schema_migrations.installed_at IS 'When it was installed.';
COMMENT ON COLUMN schema_migrations.installed_by IS 'Role that installed it.';
