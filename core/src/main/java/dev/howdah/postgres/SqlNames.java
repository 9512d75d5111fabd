package dev.howdah.postgres;

/** Names in SQL text. */
final class SqlNames {

  private SqlNames() {}

  /** A name as PostgreSQL takes it whatever is in it. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
