package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * No cache: a table of a key and a text, by the same pool and driver, without anything that makes a
 * cache of it. What is left of an operation's time beyond it is Howdah's.
 */
final class PlainTablePeer extends PostgresPeer {

  /** Its name in the table. */
  static final String LABEL = "plain table";

  private static final String UPSERT =
      """
      INSERT INTO plain_entries (key, value)
      VALUES (?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
      """;

  PlainTablePeer(TestDatabase database, int threads) {
    super(LABEL, database, threads);
    database.execute(
        """
        CREATE UNLOGGED TABLE plain_entries (key text COLLATE "C" PRIMARY KEY, value text)
        WITH (fillfactor = 70)
        """);
  }

  @Override
  public String get(String key) {
    return run(
        "SELECT value FROM plain_entries WHERE key = ?",
        statement -> {
          statement.setString(1, key);
          return texts(statement).get(0);
        });
  }

  @Override
  public void set(String key, String value) {
    run(
        UPSERT,
        statement -> {
          statement.setString(1, key);
          statement.setString(2, value);
          return statement.executeUpdate();
        });
  }

  @Override
  public void setAll(Map<String, String> values) {
    run(
        UPSERT,
        statement -> {
          for (Map.Entry<String, String> entry : values.entrySet()) {
            statement.setString(1, entry.getKey());
            statement.setString(2, entry.getValue());
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  @Override
  public List<String> getAll(List<String> keys) {
    return run(
        "SELECT value FROM plain_entries WHERE key = ANY(?)",
        statement -> {
          statement.setArray(
              1, statement.getConnection().createArrayOf("text", keys.toArray(String[]::new)));
          return texts(statement);
        });
  }

  @Override
  public void delete(String key) {
    run(
        "DELETE FROM plain_entries WHERE key = ?",
        statement -> {
          statement.setString(1, key);
          return statement.executeUpdate();
        });
  }

  @Override
  public void increment(String key) {
    run(
        """
        INSERT INTO plain_entries (key, value)
        VALUES (?, '1')
        ON CONFLICT (key) DO UPDATE SET value = plain_entries.value::bigint + 1
        RETURNING value
        """,
        statement -> {
          statement.setString(1, key);
          return texts(statement).get(0);
        });
  }

  private interface Work<R> {
    R on(PreparedStatement statement) throws SQLException;
  }

  private <R> R run(String sql, Work<R> work) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.on(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(row.getString(1));
      }
      return texts;
    }
  }
}
