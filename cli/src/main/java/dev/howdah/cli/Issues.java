package dev.howdah.cli;

import java.sql.SQLException;
import java.util.List;

/** Looks issues up by their fingerprint. */
final class Issues {

  private Issues() {}

  /** Those of a fingerprint, one for each service and environment; of a merged one, its root. */
  static List<Row> of(Monitoring db, String fingerprint, Scope scope) throws SQLException {
    Conditions conditions = scope.to(new Conditions()).and("fingerprint = ?", fingerprint);
    String sql =
        """
        SELECT *
        FROM monitoring.issues
        WHERE group_id IN (
          SELECT coalesce(merged_into, group_id)
          FROM monitoring.error_groups
          %s
        )
        ORDER BY last_seen DESC, group_id
        """
            .formatted(conditions.sql());
    return db.query(sql, conditions.values(List.of(), List.of()));
  }
}
