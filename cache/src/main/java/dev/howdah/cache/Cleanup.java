package dev.howdah.cache;

import dev.howdah.cache.Connections.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Deletes rows block by block of the table, so that each statement reads and locks a bounded part
 * of it, is committed by itself, and needs no index. Rows that somebody else has locked are left to
 * the next run. Thread-safe.
 */
final class Cleanup {

  /** 8 MB: some ten milliseconds. */
  private static final long BLOCKS_AT_ONCE = 1024;

  private final Connections.Pooled pool;
  private final Counters counters;
  private final String table;
  private final String blocks;
  private final String deleteExpired;

  Cleanup(String schema, Connections.Pooled pool, Counters counters) {
    this.pool = pool;
    this.counters = counters;
    SqlTemplate sql = new SqlTemplate(schema);
    table = sql.text("$entries");
    blocks =
        sql.text(
            """
            SELECT pg_relation_size(?::text::regclass) / current_setting('block_size')::bigint
            """);
    deleteExpired =
        sql.text(
            """
            DELETE FROM $entries
            WHERE ctid = ANY(ARRAY(
              SELECT ctid
              FROM $entries
              WHERE ctid >= ?::text::tid AND ctid < ?::text::tid AND stale_until <= $now
              FOR UPDATE SKIP LOCKED))
            """);
  }

  /** Deletes what has expired; how many rows that were. */
  long run() {
    long end = pool.run("ask for the table's size", this::blocks);
    long deleted = 0;
    for (long block = 0; block < end; block += BLOCKS_AT_ONCE) {
      deleted += pool.run("delete what has expired", part(block));
    }
    counters.expired.add(deleted);
    return deleted;
  }

  private Work<Long> part(long block) {
    return c -> {
      try (PreparedStatement statement = c.prepareStatement(deleteExpired)) {
        statement.setString(1, "(" + block + ",0)");
        statement.setString(2, "(" + (block + BLOCKS_AT_ONCE) + ",0)");
        return (long) statement.executeUpdate();
      }
    };
  }

  private long blocks(Connection c) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(blocks)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
