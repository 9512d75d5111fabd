package dev.howdah.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Looks after partitions and dictionaries, by the schema's own function {@code maintain}. */
public final class Maintenance {
  private Maintenance() {}

  /**
   * Makes the coming days' partitions, drops what is past its retention and tidies up. Any number
   * of processes may call it: one works, the others skip. Commits only as the connection's
   * autoCommit does.
   *
   * @param c an open connection
   * @param schema name of the schema as it is, unquoted
   * @param logRetention how long logs are kept, counted in whole seconds
   * @param errorRetention how long error occurrences are kept, counted in whole seconds
   * @param daysAhead days for which partitions are made in advance, 1 to 366
   * @return what was done
   */
  public static MaintenanceReport run(
      Connection c, String schema, Duration logRetention, Duration errorRetention, int daysAhead)
      throws SQLException {
    String call =
        "SELECT partitions_created, partitions_dropped, strays_moved, strays_deleted,"
            + " dictionary_rows_removed, skipped FROM "
            + SqlNames.quoted(schema)
            + ".maintain(make_interval(secs => ?), make_interval(secs => ?), ?)";
    try (PreparedStatement maintain = c.prepareStatement(call)) {
      maintain.setDouble(1, (double) logRetention.toSeconds());
      maintain.setDouble(2, (double) errorRetention.toSeconds());
      maintain.setInt(3, daysAhead);
      try (ResultSet row = maintain.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("function maintain returned no row");
        }
        return new MaintenanceReport(
            row.getInt(1),
            row.getInt(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getBoolean(6));
      }
    }
  }
}
