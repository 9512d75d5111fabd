package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.util.Map;

/**
 * Bytes on disk for each event: Howdah's whole schema after it wrote lines of real logs, a {@link
 * NaiveTable} and DBAppender's tables with the same facts. What an empty schema takes is taken off.
 * Plain lines, and with a stack trace at one percent of them. Nothing is timed.
 */
final class StorageComparison implements Comparison {

  static final String TOTAL = "bytes/event";
  static final String PLAIN = "plain lines";
  static final String STACKS = "1 % stack traces";
  static final String NAIVE = ", naive";

  private static final String HOWDAH_SCHEMA = "monitoring";

  /** What a relation's own files take, without those of its TOAST table or indexes. */
  private record Bytes(long heap, long indexes, long toast) {

    static Bytes of(String schema, TestDatabase database) {
      String sql =
          """
          SELECT coalesce(sum(%s), 0)::bigint
          FROM pg_class
          WHERE relnamespace = '%s'::regnamespace AND relkind = 'r'
          """;
      return new Bytes(
          database.count(sql.formatted("pg_relation_size(oid)", schema)),
          database.count(sql.formatted("pg_indexes_size(oid)", schema)),
          database.count(
              sql.formatted(
                  "coalesce(pg_total_relation_size(nullif(reltoastrelid, 0)), 0)", schema)));
    }

    Bytes minus(Bytes other) {
      return new Bytes(heap - other.heap, indexes - other.indexes, toast - other.toast);
    }

    void addTo(Samples samples, String contender, int events) {
      samples.add(contender, TOTAL, (double) (heap + indexes + toast) / events);
      samples.add(contender, "heap", (double) heap / events);
      samples.add(contender, "indexes", (double) indexes / events);
      samples.add(contender, "toast", (double) toast / events);
    }
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public String summary() {
    return "bytes on disk for each event, beside a naive table and DBAppender's three";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench storage" + (options.quick() ? " --quick" : "");
    return run(command, options.quick() ? 100_000 : 500_000);
  }

  Report run(String command, int events) throws Exception {
    LogLines lines = LogLines.find();
    Map<String, String> conditions = Machine.conditions(command, PostgresServer.shared().root());
    conditions.put("events", Spread.number(events) + " in each row; " + lines.description());
    Samples samples = new Samples();
    measure(PLAIN, lines, events, 0, samples);
    measure(STACKS, lines, events, 100, samples);
    return new Report(name(), conditions, samples, StorageComparison::yardstick);
  }

  private static String yardstick(String contender) {
    return (contender.startsWith(PLAIN) ? PLAIN : STACKS) + NAIVE;
  }

  private static void measure(
      String what, LogLines lines, int events, int everyNth, Samples samples) throws IOException {
    TestDatabase database = PostgresServer.shared().createDatabase();
    Bytes empty;
    try (HowdahLogback howdah = HowdahLogback.blocking(database)) {
      empty = Bytes.of(HOWDAH_SCHEMA, database);
      new LinesWithErrors(howdah, lines).write(events, everyNth);
    }
    Bytes.of(HOWDAH_SCHEMA, database).minus(empty).addTo(samples, what + ", Howdah", events);
    NaiveTable.create(database);
    NaiveTable.fill(database);
    check(events, "SELECT count(*) FROM naive.logs WHERE message <> 'ready'", database);
    Bytes.of(NaiveTable.SCHEMA, database).addTo(samples, what + NAIVE, events);
    DbAppenderTables.create(database);
    DbAppenderTables.fill(database);
    check(events + 1, "SELECT count(*) FROM dbappender.logging_event", database);
    Bytes.of(DbAppenderTables.SCHEMA, database).addTo(samples, what + ", DBAppender", events);
  }

  private static void check(int expected, String sql, TestDatabase database) {
    long found = database.count(sql);
    if (found != expected) {
      throw new IllegalStateException("%d events, not %d: %s".formatted(found, expected, sql));
    }
  }
}
