package dev.howdah.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The days that are kept, and what each takes. */
@Command(
    name = "partitions",
    description = {
      "Lists the partitions of logs and errors: their bounds, rows and bytes.",
      "Rows are PostgreSQL's estimate, and unknown before a first ANALYZE. Those of the default"
          + " partition are counted: strays, whose day has no partition until the next maintain()."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the database is away or refuses", "2:the command line is wrong"})
final class PartitionsCommand implements Callable<Integer> {

  private static final String PARTITIONS =
      """
      WITH parts AS (
        SELECT h.inhparent::regclass AS parent,
               c.oid,
               c.relname AS partition,
               c.reltuples,
               pg_get_expr(c.relpartbound, c.oid) AS bounds
        FROM pg_inherits h
        JOIN pg_class c ON c.oid = h.inhrelid
        WHERE h.inhparent IN ('monitoring.log_events'::regclass, 'monitoring.error_occurrences'::regclass)
      )
      SELECT (SELECT relname FROM pg_class WHERE oid = parent) AS "table",
             partition,
             (regexp_match(bounds, 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz AS "from",
             (regexp_match(bounds, 'TO \\(''([^'']+)''\\)'))[1]::timestamptz AS "to",
             bounds = 'DEFAULT' AS is_default,
             CASE
               WHEN bounds <> 'DEFAULT' THEN nullif(reltuples, -1)::bigint
               WHEN parent = 'monitoring.log_events'::regclass THEN
                 (SELECT count(*) FROM monitoring.log_events_default)
               ELSE (SELECT count(*) FROM monitoring.error_occurrences_default)
             END AS rows,
             pg_total_relation_size(oid) AS bytes
      FROM parts
      ORDER BY parent::text DESC, "from" NULLS LAST, partition
      """;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private Output output;

  @Override
  public Integer call() throws SQLException {
    try (Monitoring db = connection.open(spec)) {
      List<Row> partitions = db.query(PARTITIONS);
      output.print(partitions, "partition", "from", "to", "rows", "bytes");
      if (!output.isJson()) {
        partitions.forEach(this::tellOfStrays);
      }
      return 0;
    }
  }

  private void tellOfStrays(Row partition) {
    if (!partition.has("from") && partition.number("rows") > 0) {
      spec.commandLine()
          .getOut()
          .println("strays in " + partition.cell("partition") + ": " + partition.cell("rows"));
    }
  }
}
