package dev.howdah.cache;

/** Writes the names of one schema's objects into statements. */
final class SqlTemplate {

  private static final String AFTER =
      "coalesce($now + ?::bigint * interval '1 microsecond', 'infinity')";

  private final String schema;

  SqlTemplate(String schema) {
    this.schema = quoted(schema);
  }

  /** The statement with {@code $entries}, {@code $now} and so on replaced. */
  String text(String template) {
    return template
        .replace("$after", AFTER)
        .replace("$now", schema + ".cache_now()")
        .replace("$entries", schema + ".cache_entries")
        .replace("$schema", schema);
  }

  /** A name as PostgreSQL takes it whatever is in it. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
