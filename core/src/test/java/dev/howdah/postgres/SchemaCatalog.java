package dev.howdah.postgres;

import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.stream.Stream;

/** Everything that {@code pg_catalog} knows about a schema, as lines that can be compared. */
final class SchemaCatalog {

  private static final String RELATIONS =
      """
      SELECT 'relation', c.relname, c.relkind, c.relpersistence, c.reloptions, c.relacl,
             pg_get_userbyid(c.relowner), pg_get_expr(c.relpartbound, c.oid),
             pg_get_partkeydef(c.oid), obj_description(c.oid, 'pg_class'),
             CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid)
                            WHEN 'i' THEN pg_get_indexdef(c.oid)
                            WHEN 'I' THEN pg_get_indexdef(c.oid) END
      FROM pg_class c
      WHERE c.relnamespace = %s
      """;
  private static final String COLUMNS =
      """
      SELECT 'column', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
             a.attnotnull, a.attidentity, a.attgenerated, a.attcollation, a.attstorage, a.attacl,
             pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = %s
      """;
  private static final String CONSTRAINTS =
      """
      SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)
      FROM pg_constraint
      WHERE connamespace = %s
      """;
  private static final String FUNCTIONS =
      """
      SELECT 'function', oid::regprocedure, pg_get_functiondef(oid), proacl,
             pg_get_userbyid(proowner), obj_description(oid, 'pg_proc')
      FROM pg_proc
      WHERE pronamespace = %s
      """;
  private static final String TYPES =
      """
      SELECT 'type', t.typname, t.typacl, obj_description(t.oid, 'pg_type'),
             (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder)
              FROM pg_enum e WHERE e.enumtypid = t.oid)
      FROM pg_type t
      WHERE t.typnamespace = %s
      """;
  private static final String SCHEMA =
      """
      SELECT 'schema', nspacl, obj_description(oid, 'pg_namespace')
      FROM pg_namespace
      WHERE oid = %s
      """;
  private static final String MIGRATIONS =
      "SELECT 'migration', version, name, checksum, installed_by FROM %s.schema_migrations";

  private SchemaCatalog() {}

  static List<String> of(TestDatabase database, String schema) {
    String oid =
        "(SELECT oid FROM pg_namespace WHERE nspname = '%s')".formatted(schema.replace("'", "''"));
    return Stream.of(
            RELATIONS.formatted(oid),
            COLUMNS.formatted(oid),
            CONSTRAINTS.formatted(oid),
            FUNCTIONS.formatted(oid),
            TYPES.formatted(oid),
            SCHEMA.formatted(oid),
            MIGRATIONS.formatted(SqlNames.quoted(schema)))
        .flatMap(query -> database.query(query).stream())
        .map(String::valueOf)
        .sorted()
        .toList();
  }
}
