package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What people ask their logs, in Howdah's words and in those for the naive table.
 *
 * @param name in the table
 * @param sql for Howdah's views
 * @param naive the same for {@link NaiveTable}
 */
record Question(String name, String sql, String naive) {

  /** How the tail of a service that logs little is found with the optional index. */
  static final String OF_EACH_INSTANCE =
      """
      SELECT l.logged_at, l.level, l.logger, l.message
      FROM monitoring.instances i
      CROSS JOIN LATERAL (
        SELECT *
        FROM monitoring.logs
        WHERE instance_id = i.instance_id
          AND logged_at > now() - interval '30 days'
        ORDER BY seq DESC
        LIMIT 100
      ) l
      WHERE i.service = 'reports'
        AND i.last_batch_at > now() - interval '30 days'
      ORDER BY l.logged_at DESC
      LIMIT 100
      """;

  private static final String COLUMNS = "SELECT logged_at, level, logger, message FROM %s.logs ";
  private static final String LATEST = " ORDER BY logged_at DESC LIMIT 100";

  /**
   * A trace by the bloom filters: the function's query, where a scan is forbidden as it is there.
   */
  static Question traceByBloom(int rows) {
    String sql = COLUMNS + "WHERE " + traceId(rows) + " ORDER BY logged_at";
    return new Question(
        "trace id, as trace(id) asks", sql.formatted("monitoring"), sql.formatted("naive"));
  }

  private static String traceId(int rows) {
    return "trace_id = md5('" + rows / 20 + "')";
  }

  /** Those of a schema with the default indexes. */
  static List<Question> ofDefaults(int rows, List<String> seed) {
    String traceId = traceId(rows);
    List<Question> questions = new ArrayList<>();
    questions.add(tail("tail of 100", "logged_at > now() - interval '1 day'"));
    questions.add(
        new Question(
            "tail, WARN and above",
            COLUMNS.formatted("monitoring") + "WHERE level >= 'WARN'" + LATEST,
            COLUMNS.formatted("naive") + "WHERE level IN ('WARN', 'ERROR', 'FATAL')" + LATEST));
    questions.add(
        tail(
            "tail, service of 20 %",
            "service = 'service-1' AND logged_at > now() - interval '1 day'"));
    questions.add(tail("tail, service of 0.01 %", "service = 'reports'"));
    questions.add(tail("trace id", traceId));
    questions.add(
        tail(
            "trace id, a day named",
            traceId
                + " AND logged_at > now() - interval '15.5 days'"
                + " AND logged_at < now() - interval '13.5 days'"));
    questions.add(
        tail(
            "text, of the last day",
            "message LIKE '%10.251.77:%' AND logged_at > now() - interval '1 day'"));
    String errors =
        "SELECT date_trunc('hour', logged_at), count(*) FROM %s.logs WHERE level %s"
            + " AND logged_at > now() - interval '1 day' GROUP BY 1";
    questions.add(
        new Question(
            "errors of the last day",
            errors.formatted("monitoring", ">= 'ERROR'"),
            errors.formatted("naive", "IN ('ERROR', 'FATAL')")));
    for (int i = 0; i < seed.size(); i++) {
      String sql = seed.get(i).replaceFirst(";\\s*$", "");
      questions.add(
          new Question("seed's query " + (i + 1), sql, sql.replace("monitoring.", "naive.")));
    }
    return questions;
  }

  private static Question tail(String name, String condition) {
    String sql = COLUMNS + "WHERE " + condition.replace("%", "%%") + LATEST;
    return new Question(name, sql.formatted("monitoring"), sql.formatted("naive"));
  }
}
