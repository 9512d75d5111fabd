package dev.howdah.cache;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where the statements of a cache run. */
sealed interface Connections {

  /** Statements on a connection. */
  interface Work<R extends @Nullable Object> {
    R on(Connection connection) throws SQLException;
  }

  /**
   * Runs statements.
   *
   * @param doing what they are for, such as {@code get 'user:1'}: begins the message of a failure
   */
  <R extends @Nullable Object> R run(String doing, Work<R> work);

  /**
   * A connection of the pool for each call, in a transaction of its own: one round trip. The first
   * that can be had makes the schema, where that is wanted.
   */
  final class Pooled implements Connections {

    private final DataSource pool;
    private final @Nullable CacheSchema schema;
    private volatile boolean ready;

    Pooled(DataSource pool, @Nullable CacheSchema schema) {
      this.pool = pool;
      this.schema = schema;
      ready = schema == null;
    }

    @Override
    public <R extends @Nullable Object> R run(String doing, Work<R> work) {
      try (Connection connection = pool.getConnection()) {
        if (!ready) {
          prepare(connection);
        }
        if (connection.getAutoCommit()) {
          return work.on(connection);
        }
        connection.setAutoCommit(true);
        try {
          return work.on(connection);
        } finally {
          connection.setAutoCommit(false);
        }
      } catch (SQLException e) {
        throw failed(doing, e);
      }
    }

    /** Makes the schema, unless that was done. */
    void prepare() {
      if (!ready) {
        run("prepare the cache", connection -> true);
      }
    }

    private void prepare(Connection connection) throws SQLException {
      if (schema != null) {
        schema.install(connection);
      }
      ready = true;
    }
  }

  /** The caller's connection and transaction. */
  record Callers(Connection connection) implements Connections {
    @Override
    public <R extends @Nullable Object> R run(String doing, Work<R> work) {
      try {
        return work.on(connection);
      } catch (SQLException e) {
        throw failed(doing, e);
      }
    }
  }

  private static CacheException failed(String doing, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("22") || state.startsWith("23")) {
      // What the server says of a value that it refuses has the value in it.
      String what = "could not " + doing + ": the value does not fit (SQLSTATE " + state + ")";
      return new CacheException(what, null);
    }
    return new CacheException("could not " + doing + ": " + e.getMessage(), e);
  }
}
