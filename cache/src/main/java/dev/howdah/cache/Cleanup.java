package dev.howdah.cache;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what has expired, and of too many entries those that were not used for longest. Goes
 * through the table some blocks at a time, so that each statement reads and locks a bounded part of
 * it, is committed by itself, and needs no index. Rows that somebody else has locked are left to
 * the next run. Thread-safe.
 */
final class Cleanup {

  /** 8 MB: some ten milliseconds. */
  private static final long BLOCKS_AT_ONCE = 1024;

  /** So many entries tell well enough which of all are the oldest. */
  private static final double SAMPLE = 20_000;

  private final Connections.Pooled pool;
  private final Counters counters;
  private final long maxEntries;
  private final String table;
  private final String claim;
  private final String blocks;
  private final String deleteExpired;
  private final String count;
  private final String leastUsed;
  private final String deleteLeastUsed;

  Cleanup(String schema, Connections.Pooled pool, Counters counters, long maxEntries) {
    this.pool = pool;
    this.counters = counters;
    this.maxEntries = maxEntries;
    SqlTemplate sql = new SqlTemplate(schema);
    table = sql.text("$entries");
    claim =
        sql.text(
            """
            INSERT INTO $schema.cache_tasks AS last (task, run_at)
            VALUES ('cleanup', $now)
            ON CONFLICT (task) DO UPDATE
            SET run_at = excluded.run_at
            WHERE last.run_at <= excluded.run_at - ?::bigint * interval '1 microsecond'
            """);
    blocks = "SELECT pg_relation_size(?::text::regclass) / current_setting('block_size')::bigint";
    String deleteOfBlocks =
        """
        DELETE FROM $entries
        WHERE ctid = ANY(ARRAY(
          SELECT ctid
          FROM $entries
          WHERE ctid >= ?::text::tid AND ctid < ?::text::tid AND $condition
          LIMIT ?
          FOR UPDATE SKIP LOCKED))
        """;
    deleteExpired = sql.text(deleteOfBlocks.replace("$condition", "stale_until <= $now"));
    deleteLeastUsed = sql.text(deleteOfBlocks.replace("$condition", "used_at <= ?::timestamptz"));
    count = sql.text("SELECT count(*) FROM $entries");
    leastUsed =
        sql.text(
            """
            SELECT used_at
            FROM $entries TABLESAMPLE BERNOULLI (?)
            ORDER BY used_at
            OFFSET ?
            LIMIT 1
            """);
  }

  /**
   * Says that this instance does the next run.
   *
   * @param interval within which no instance may have begun one
   * @return false when one has
   */
  boolean claim(Duration interval) {
    return pool.run(
        "claim the cleanup",
        c -> {
          try (PreparedStatement statement = c.prepareStatement(claim)) {
            statement.setLong(1, interval.toNanos() / 1000);
            return statement.executeUpdate() == 1;
          }
        });
  }

  /** Deletes what is to go; how many rows that were. */
  long run() {
    long expired = deleteByBlocks("delete what has expired", deleteExpired, null, Long.MAX_VALUE);
    counters.expired.add(expired);
    return maxEntries == CacheBuilder.UNLIMITED ? expired : expired + evict();
  }

  private long evict() {
    long entries = pool.run("count the entries", c -> number(c, count, null));
    long tooMany = entries - maxEntries;
    if (tooMany <= 0) {
      return 0;
    }
    Timestamp limit = pool.run("ask for the least used", c -> leastUsed(c, entries, tooMany));
    long evicted =
        limit == null
            ? 0
            : deleteByBlocks("delete the least used", deleteLeastUsed, limit, tooMany);
    counters.evicted.add(evicted);
    return evicted;
  }

  private long deleteByBlocks(String doing, String sql, @Nullable Timestamp usedAt, long most) {
    long end = pool.run("ask for the table's size", c -> number(c, blocks, table));
    long deleted = 0;
    for (long block = 0; block < end && deleted < most; block += BLOCKS_AT_ONCE) {
      long first = block;
      long left = most - deleted;
      deleted +=
          pool.run(
              doing,
              c -> {
                try (PreparedStatement statement = c.prepareStatement(sql)) {
                  int next = 1;
                  statement.setString(next++, "(" + first + ",0)");
                  statement.setString(next++, "(" + (first + BLOCKS_AT_ONCE) + ",0)");
                  if (usedAt != null) {
                    statement.setTimestamp(next++, usedAt);
                  }
                  statement.setLong(next, left);
                  return statement.executeLargeUpdate();
                }
              });
    }
    return deleted;
  }

  private @Nullable Timestamp leastUsed(Connection c, long entries, long tooMany)
      throws SQLException {
    double part = Math.min(1, SAMPLE / entries);
    try (PreparedStatement statement = c.prepareStatement(leastUsed)) {
      statement.setDouble(1, 100 * part);
      statement.setLong(2, Math.max(0, Math.round(tooMany * part) - 1));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getTimestamp(1) : null;
      }
    }
  }

  private static long number(Connection c, String sql, @Nullable String parameter)
      throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      if (parameter != null) {
        statement.setString(1, parameter);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
