package dev.howdah.cache;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the table {@code cache_entries}, one for each operation and each of them one
 * round trip. Keys are whole, with their prefix. Rows that have expired are as good as none.
 *
 * <p>Statements that lock several rows lock them in the order of their keys: two of them never wait
 * for each other.
 */
final class EntryTable {

  /** What the driver makes of PostgreSQL's infinity. */
  private static final OffsetDateTime INFINITY = OffsetDateTime.MAX;

  private final String read;
  private final String readMany;
  private final String exists;
  private final String write;
  private final String writeMany;
  private final String writeIfAbsent;
  private final String replace;
  private final String add;
  private final String touch;
  private final String delete;
  private final String deleteMany;
  private final String deleteEqual;
  private final String deleteWhere;
  private final String sizes;
  private final boolean timed;

  /**
   * @param timed whether entries that are read tell how long they will be there, which costs a read
   *     some microseconds
   */
  EntryTable(String schema, boolean timed) {
    this.timed = timed;
    SqlTemplate sql = new SqlTemplate(schema);
    String columns = "value, bytes, expires_at > $now" + (timed ? ", expires_at, $now" : "");
    read =
        sql.text(
            """
            SELECT $columns
            FROM $entries
            WHERE key = ? AND stale_until > $now
            """
                .replace("$columns", columns));
    readMany =
        sql.text(
            """
            SELECT key, $columns
            FROM $entries
            WHERE key = ANY(?) AND expires_at > $now
            """
                .replace("$columns", columns));
    exists = sql.text("SELECT expires_at, $now FROM $entries WHERE key = ? AND expires_at > $now");
    String onConflict =
        """
        ON CONFLICT (key) DO UPDATE
        SET value = excluded.value,
            bytes = excluded.bytes,
            tags = excluded.tags,
            expires_at = excluded.expires_at,
            stale_until = excluded.stale_until,
            created_at = excluded.created_at,
            used_at = excluded.used_at
        """;
    write =
        sql.text(
            """
            INSERT INTO $entries AS entry (key, value, bytes, tags, expires_at, stale_until)
            VALUES (?, ?::jsonb, ?, ?, $after, $after)
            """
                + onConflict);
    writeIfAbsent = write + sql.text("WHERE entry.expires_at <= $now");
    writeMany =
        sql.text(
            """
            INSERT INTO $entries (key, value, expires_at, stale_until)
            SELECT key, value::jsonb, $after, $after
            FROM unnest(?::text[], ?::text[]) AS given (key, value)
            ORDER BY key COLLATE "C"
            """
                + onConflict);
    replace =
        sql.text(
            """
            UPDATE $entries
            SET value = ?::jsonb,
                expires_at = $after,
                stale_until = $after,
                created_at = DEFAULT,
                used_at = DEFAULT
            WHERE key = ? AND value = ?::jsonb AND expires_at > $now
            """);
    // By one reading of the clock, so that all columns agree.
    String there = "entry.expires_at > excluded.created_at";
    add =
        sql.text(
            """
            INSERT INTO $entries AS entry (key, value, expires_at, stale_until)
            VALUES (?, to_jsonb(?::bigint), $after, $after)
            ON CONFLICT (key) DO UPDATE
            SET value = CASE WHEN $there THEN to_jsonb(coalesce(entry.value #>> '{}', 'no number')::bigint + ?)
                             ELSE excluded.value
                        END,
                bytes = NULL,
                tags = CASE WHEN $there THEN entry.tags END,
                expires_at = CASE WHEN $there THEN entry.expires_at ELSE excluded.expires_at END,
                stale_until = CASE WHEN $there THEN entry.expires_at ELSE excluded.expires_at END,
                created_at = CASE WHEN $there THEN entry.created_at ELSE excluded.created_at END
            RETURNING value::text::bigint
            """
                .replace("$there", there));
    touch =
        sql.text(
            """
            UPDATE $entries
            SET expires_at = $after,
                stale_until = $after
            WHERE key = ? AND expires_at > $now
            """);
    delete = sql.text("DELETE FROM $entries WHERE key = ? RETURNING expires_at > $now");
    deleteEqual =
        sql.text(
            """
            DELETE FROM $entries
            WHERE key = ? AND value = ?::jsonb
            RETURNING expires_at > $now
            """);
    String inOrderOfKeys =
        """
        WITH doomed AS (
          SELECT key
          FROM $entries
          WHERE $condition
          ORDER BY key
          FOR UPDATE
        ), deleted AS (
          DELETE FROM $entries
          USING doomed
          WHERE $entries.key = doomed.key
          RETURNING expires_at
        )
        SELECT count(*) FILTER (WHERE expires_at > $now)
        FROM deleted
        """;
    deleteMany = sql.text(inOrderOfKeys.replace("$condition", "key = ANY(?)"));
    deleteWhere = sql.text(inOrderOfKeys);
    sizes =
        sql.text(
            """
            SELECT prefix, entries, bytes
            FROM $schema.cache_sizes
            WHERE starts_with(prefix, ?)
            ORDER BY bytes DESC
            """);
  }

  /** Also one that has expired but may still be shown. */
  @Nullable StoredEntry read(Connection c, String key) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(read)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? entry(row, 1) : null;
      }
    }
  }

  Map<String, StoredEntry> readMany(Connection c, Collection<String> keys) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(readMany)) {
      statement.setArray(1, c.createArrayOf("text", keys.toArray(String[]::new)));
      try (ResultSet row = statement.executeQuery()) {
        Map<String, StoredEntry> entries = new HashMap<>();
        while (row.next()) {
          entries.put(row.getString(1), entry(row, 2));
        }
        return entries;
      }
    }
  }

  /** Microseconds until it expires, {@link Long#MAX_VALUE} when never; null: it is not there. */
  @Nullable Long microsLeft(Connection c, String key) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(exists)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? microsLeft(row, 1) : null;
      }
    }
  }

  void write(Connection c, String key, StoredValue value, Lifetime lifetime, String... tags)
      throws SQLException {
    insert(c, write, key, value, lifetime, tags);
  }

  /** Whether it was written. */
  boolean writeIfAbsent(Connection c, String key, StoredValue value, Lifetime lifetime)
      throws SQLException {
    return insert(c, writeIfAbsent, key, value, lifetime) == 1;
  }

  void writeMany(Connection c, Map<String, String> jsonByKey, Lifetime lifetime)
      throws SQLException {
    List<String> keys = new ArrayList<>(jsonByKey.keySet());
    List<String> values = keys.stream().map(jsonByKey::get).toList();
    try (PreparedStatement statement = c.prepareStatement(writeMany)) {
      setLifetime(statement, 1, lifetime);
      statement.setArray(3, c.createArrayOf("text", keys.toArray(String[]::new)));
      statement.setArray(4, c.createArrayOf("text", values.toArray(String[]::new)));
      statement.executeUpdate();
    }
  }

  /** Whether the value was the expected one. */
  boolean replace(Connection c, String key, String expected, String json, Lifetime lifetime)
      throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(replace)) {
      statement.setString(1, json);
      setLifetime(statement, 2, lifetime);
      statement.setString(4, key);
      statement.setString(5, expected);
      return statement.executeUpdate() == 1;
    }
  }

  /** The sum; the lifetime is that of an entry which was not there. */
  long add(Connection c, String key, long delta, Lifetime lifetime) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(add)) {
      statement.setString(1, key);
      statement.setLong(2, delta);
      setLifetime(statement, 3, lifetime);
      statement.setLong(5, delta);
      return number(statement);
    }
  }

  boolean touch(Connection c, String key, Lifetime lifetime) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(touch)) {
      setLifetime(statement, 1, lifetime);
      statement.setString(3, key);
      return statement.executeUpdate() == 1;
    }
  }

  boolean delete(Connection c, String key) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(delete)) {
      statement.setString(1, key);
      return holds(statement);
    }
  }

  /** Whether it was there with this value, and is gone. */
  boolean deleteEqual(Connection c, String key, String expected) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(deleteEqual)) {
      statement.setString(1, key);
      statement.setString(2, expected);
      return holds(statement);
    }
  }

  long deleteMany(Connection c, Collection<String> keys) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(deleteMany)) {
      statement.setArray(1, c.createArrayOf("text", keys.toArray(String[]::new)));
      return number(statement);
    }
  }

  /** The statement of {@link #deleteMatching(Connection, KeyPattern)}. */
  String deleteMatching(KeyPattern pattern) {
    return deleteWhere.replace("$condition", pattern.condition());
  }

  long deleteMatching(Connection c, KeyPattern pattern) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(deleteMatching(pattern))) {
      pattern.bind(statement, 1);
      return number(statement);
    }
  }

  long deleteTagged(Connection c, String tag, KeyPattern pattern) throws SQLException {
    String condition = "tags @> ARRAY[?::text] AND " + pattern.condition();
    try (PreparedStatement statement =
        c.prepareStatement(deleteWhere.replace("$condition", condition))) {
      statement.setString(1, tag);
      pattern.bind(statement, 2);
      return number(statement);
    }
  }

  List<PrefixSize> sizes(Connection c, String prefix) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sizes)) {
      statement.setString(1, prefix);
      try (ResultSet row = statement.executeQuery()) {
        List<PrefixSize> found = new ArrayList<>();
        while (row.next()) {
          found.add(new PrefixSize(row.getString(1), row.getLong(2), row.getLong(3)));
        }
        return found;
      }
    }
  }

  private static int insert(
      Connection c, String sql, String key, StoredValue value, Lifetime lifetime, String... tags)
      throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setString(1, key);
      statement.setString(2, value instanceof StoredValue.Json json ? json.text() : null);
      statement.setBytes(3, value instanceof StoredValue.Bytes bytes ? bytes.bytes() : null);
      statement.setArray(4, tags.length == 0 ? null : c.createArrayOf("text", tags));
      setLifetime(statement, 5, lifetime);
      return statement.executeUpdate();
    }
  }

  private static void setLifetime(PreparedStatement statement, int first, Lifetime lifetime)
      throws SQLException {
    statement.setObject(first, lifetime.micros(), Types.BIGINT);
    statement.setObject(first + 1, lifetime.staleMicros(), Types.BIGINT);
  }

  private StoredEntry entry(ResultSet row, int first) throws SQLException {
    Long microsLeft = timed ? (Long) microsLeft(row, first + 3) : null;
    return new StoredEntry(value(row, first), row.getBoolean(first + 2), microsLeft);
  }

  /** A row that has neither, as only SQL can make it, holds JSON's null. */
  private static StoredValue value(ResultSet row, int first) throws SQLException {
    String json = row.getString(first);
    if (json != null) {
      return new StoredValue.Json(json);
    }
    byte[] bytes = row.getBytes(first + 1);
    return bytes == null ? new StoredValue.Json("null") : new StoredValue.Bytes(bytes);
  }

  /**
   * Subtracts the server's time from the end of a lifetime. Done here, since the two come as eight
   * bytes each, while PostgreSQL would calculate with decimal numbers.
   *
   * @param column that of {@code expires_at}; the server's time is in the next
   */
  private static long microsLeft(ResultSet row, int column) throws SQLException {
    OffsetDateTime expiresAt = row.getObject(column, OffsetDateTime.class);
    OffsetDateTime now = row.getObject(column + 1, OffsetDateTime.class);
    return expiresAt.equals(INFINITY) ? Long.MAX_VALUE : ChronoUnit.MICROS.between(now, expiresAt);
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether there is a row and it says true. */
  private static boolean holds(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }
}
