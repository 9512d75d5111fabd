package dev.howdah.cache;

import java.sql.PreparedStatement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which entries were read, and writes it down now and then in one statement, so that a
 * read is no update. Of more than {@value #MOST} different keys in between some are forgotten.
 * Thread-safe.
 */
final class RecentUse {

  private static final int MOST = 10_000;

  private final Connections.Pooled pool;
  private final String writeDown;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();

  RecentUse(String schema, Connections.Pooled pool) {
    this.pool = pool;
    writeDown =
        new SqlTemplate(schema)
            .text(
                """
                UPDATE $entries
                SET used_at = $now
                WHERE key IN (
                  SELECT key
                  FROM $entries
                  WHERE key = ANY(?)
                  FOR NO KEY UPDATE SKIP LOCKED)
                """);
  }

  void note(String key) {
    if (keys.size() < MOST) {
      keys.add(key);
    }
  }

  /** Writes down what was read since the last time. */
  void writeDown() {
    List<String> read = List.copyOf(keys);
    read.forEach(keys::remove);
    if (!read.isEmpty()) {
      pool.run(
          "write down what was used",
          c -> {
            try (PreparedStatement statement = c.prepareStatement(writeDown)) {
              statement.setArray(1, c.createArrayOf("text", read.toArray()));
              return statement.executeUpdate();
            }
          });
    }
  }
}
