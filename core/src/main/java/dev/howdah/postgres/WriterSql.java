package dev.howdah.postgres;

import dev.howdah.encode.RowEncoder;

/**
 * What the writer says to the server.
 *
 * @param register makes the row of an instance; eight parameters
 * @param offer a format: instance, batch, dropped, known; gives the last batch, and by what the
 *     transaction can be found on the server
 * @param copy starts COPY of log events
 * @param dictionary one parameter, JSON
 */
record WriterSql(String register, String offer, String copy, String dictionary) {

  /**
   * Ends a transaction that a dead connection has left open; two parameters. Of a role's own
   * backends everyone may end all.
   */
  static final String END_TRANSACTION =
      """
      SELECT pg_terminate_backend(pid)
      FROM pg_stat_activity
      WHERE pid = ?
        AND backend_xid::text = ?
      """;

  static WriterSql in(String schema) {
    String name = SqlNames.quoted(schema);
    return new WriterSql(
        "SELECT " + name + ".register_instance(?, ?, ?, ?, ?, ?, ?, 0)",
        "SELECT "
            + name.replace("%", "%%")
            + ".offer_batch(%d, %d, %d, %d), pg_backend_pid(), pg_current_xact_id()::xid::text",
        "COPY "
            + name
            + ".log_events ("
            + String.join(", ", RowEncoder.COLUMNS)
            + ") FROM STDIN WITH (FORMAT binary)",
        "SELECT " + name + ".record_dictionary(?::jsonb)");
  }
}
