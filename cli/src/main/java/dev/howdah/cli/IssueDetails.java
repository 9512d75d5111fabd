package dev.howdah.cli;

import java.sql.SQLException;
import java.util.List;

/**
 * What belongs to an issue, and to those that were merged into it.
 *
 * @param db where it is
 * @param groupId its id
 */
record IssueDetails(Monitoring db, long groupId) {

  /** Its releases, the latest first. */
  List<Row> releases() throws SQLException {
    return db.query(
        """
        SELECT i.release,
               sum(o.weight)::bigint AS occurrences,
               min(o.occurred_at) AS first_seen,
               max(o.occurred_at) AS last_seen
        FROM monitoring.error_groups g
        JOIN monitoring.error_occurrences o ON o.group_id = g.group_id
        LEFT JOIN monitoring.instances i ON i.instance_id = o.instance_id
        WHERE ? IN (g.group_id, g.merged_into)
        GROUP BY i.release
        ORDER BY last_seen DESC
        """,
        groupId);
  }

  /** What was decided, in that order. */
  List<Row> history() throws SQLException {
    return db.query(
        """
        SELECT h.changed_at,
               h.changed_by,
               g.fingerprint,
               h.field,
               coalesce(o.fingerprint, h.old_value) AS old_value,
               coalesce(n.fingerprint, h.new_value) AS new_value
        FROM monitoring.error_groups g
        JOIN monitoring.error_group_history h ON h.group_id = g.group_id
        LEFT JOIN monitoring.error_groups o
          ON o.group_id = CASE WHEN h.field = 'merged_into' THEN h.old_value::bigint END
        LEFT JOIN monitoring.error_groups n
          ON n.group_id = CASE WHEN h.field = 'merged_into' THEN h.new_value::bigint END
        WHERE ? IN (g.group_id, g.merged_into)
        ORDER BY h.change_id
        """,
        groupId);
  }

  /** Its latest occurrence, while one is kept. */
  List<Row> latest() throws SQLException {
    return db.query(
        """
        SELECT coalesce(o.capture_id::text, to_hex(o.instance_id) || '-' || to_hex(o.seq)) AS id,
               o.occurred_at,
               i.release,
               i.host,
               o.trace_id,
               o.span_id,
               o.exception_type,
               o.message,
               o.context,
               s.stack_trace
        FROM monitoring.error_groups g
        JOIN monitoring.error_occurrences o ON o.group_id = g.group_id
        LEFT JOIN monitoring.instances i ON i.instance_id = o.instance_id
        LEFT JOIN monitoring.stack_traces s ON s.stack_id = o.stack_id
        WHERE ? IN (g.group_id, g.merged_into)
        ORDER BY o.occurred_at DESC, o.seq DESC
        LIMIT 1
        """,
        groupId);
  }
}
