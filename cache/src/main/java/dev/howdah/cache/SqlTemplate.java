package dev.howdah.cache;

/** Writes the names of one schema's objects into statements. */
final class SqlTemplate {

  /** Microseconds until an entry expires; the largest number when it never does. */
  private static final String MICROS_LEFT =
      """
      CASE WHEN expires_at = 'infinity' THEN 9223372036854775807
           ELSE ceil(extract(epoch FROM expires_at - $now) * 1000000)::bigint
      END\
      """;

  private static final String AFTER =
      "coalesce($now + ?::bigint * interval '1 microsecond', 'infinity')";

  private final String schema;

  SqlTemplate(String schema) {
    this.schema = quoted(schema);
  }

  /** The statement with {@code $entries}, {@code $now} and so on replaced. */
  String text(String template) {
    return template
        .replace("$micros_left", MICROS_LEFT)
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
