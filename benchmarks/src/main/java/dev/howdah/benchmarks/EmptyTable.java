package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;

/** A table as a new day's is: empty, and with its BRIN indexes' first range left to VACUUM. */
final class EmptyTable {

  private EmptyTable() {}

  /**
   * Empties a table, and what refers to it. TRUNCATE alone would leave BRIN indexes that count the
   * first range as summarised, which no partition of Howdah's has: see V011.
   *
   * @param table its name, with the schema; of whoever's, so that all have the same
   */
  static void make(TestDatabase database, String table) {
    database.execute("TRUNCATE " + table + " CASCADE");
    database.execute(
        "SELECT monitoring.leave_first_range(relid) FROM pg_partition_tree('%s') WHERE isleaf"
            .formatted(table));
    database.execute("CHECKPOINT");
  }
}
