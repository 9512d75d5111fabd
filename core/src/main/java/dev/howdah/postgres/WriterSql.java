package dev.howdah.postgres;

import dev.howdah.encode.RowEncoder;
import java.util.List;

/**
 * What the writer says to the server.
 *
 * @param register makes the row of an instance; eight parameters
 * @param offer a format: instance, batch, dropped, known; gives the last batch, and by what the
 *     transaction can be found on the server
 * @param copy starts COPY of log events
 * @param copyOccurrences starts COPY of occurrences of errors
 * @param dictionary one parameter, JSON
 * @param errors two parameters: instance, JSON
 * @param fold adds what was counted to the groups; says whether it was skipped, and how many groups
 */
record WriterSql(
    String register,
    String offer,
    String copy,
    String copyOccurrences,
    String dictionary,
    String errors,
    String fold) {

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
        copy(name + ".log_events", RowEncoder.COLUMNS),
        copy(name + ".error_occurrences", RowEncoder.OCCURRENCE_COLUMNS),
        "SELECT " + name + ".record_dictionary(?::jsonb)",
        "SELECT " + name + ".record_errors(?, ?::jsonb)",
        "SELECT skipped, groups_counted FROM " + name + ".fold_errors()");
  }

  private static String copy(String table, List<String> columns) {
    return "COPY "
        + table
        + " ("
        + String.join(", ", columns)
        + ") FROM STDIN WITH (FORMAT binary)";
  }
}
