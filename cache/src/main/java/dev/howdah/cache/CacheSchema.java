package dev.howdah.cache;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the cache's table and functions where they are missing, by the file {@code cache.sql}, in
 * one transaction. Many processes may do so at once: an advisory lock lets one work, and the others
 * find the work done. Where nothing is missing nothing is written, so that a role which may create
 * nothing can start.
 */
final class CacheSchema {

  /** Raised when {@code cache.sql} has more than before, as its function of that name is. */
  private static final int VERSION = 1;

  private final String schema;
  private final boolean logged;
  private final boolean notifying;

  /**
   * @param logged whether a table that is made now is to be an ordinary one
   * @param notifying whether changes are to be told
   */
  CacheSchema(String schema, boolean logged, boolean notifying) {
    this.schema = schema;
    this.logged = logged;
    this.notifying = notifying;
  }

  /**
   * Makes what is missing.
   *
   * @param c a connection without a transaction under way; its autoCommit is restored
   */
  void install(Connection c) throws SQLException {
    if (isComplete(c)) {
      return;
    }
    boolean autoCommit = c.getAutoCommit();
    c.setAutoCommit(false);
    try {
      lock(c);
      if (!isCurrent(c)) {
        create(c);
      }
      if (notifying && !isNotifying(c)) {
        notifyChanges(c);
      }
      c.commit();
    } catch (SQLException e) {
      c.rollback();
      throw e;
    } finally {
      c.setAutoCommit(autoCommit);
    }
  }

  private void create(Connection c) throws SQLException {
    String name = SqlTemplate.quoted(schema);
    try (Statement statement = c.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + name);
      statement.execute("SET LOCAL search_path TO " + name + ", pg_temp");
      statement.execute(file());
      if (logged) {
        statement.execute("ALTER TABLE cache_entries SET LOGGED");
      }
    }
  }

  private void notifyChanges(Connection c) throws SQLException {
    try (Statement statement = c.createStatement()) {
      statement.execute("SELECT " + SqlTemplate.quoted(schema) + ".notify_changes()");
    }
  }

  private void lock(Connection c) throws SQLException {
    try (PreparedStatement lock =
        c.prepareStatement(
            "SELECT pg_advisory_xact_lock(hashtextextended('howdah:cache:install:' || ?, 0))")) {
      lock.setString(1, schema);
      lock.execute();
    }
  }

  private boolean isComplete(Connection c) throws SQLException {
    return isCurrent(c) && (!notifying || isNotifying(c));
  }

  private boolean isCurrent(Connection c) throws SQLException {
    String version = SqlTemplate.quoted(schema) + ".cache_version()";
    return holds(c, "SELECT to_regprocedure(?) IS NOT NULL", version)
        && holds(c, "SELECT " + version + " >= ?::int", Integer.toString(VERSION));
  }

  private boolean isNotifying(Connection c) throws SQLException {
    String exists =
        """
        SELECT EXISTS (
          SELECT
          FROM pg_trigger
          WHERE tgrelid = ?::text::regclass AND tgname = 'cache_entries_notify_update')
        """;
    return holds(c, exists, SqlTemplate.quoted(schema) + ".cache_entries");
  }

  private static boolean holds(Connection c, String sql, String parameter) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static String file() {
    try (InputStream in = CacheSchema.class.getResourceAsStream("sql/cache.sql")) {
      if (in == null) {
        throw new FileNotFoundException("not on the class path: dev/howdah/cache/sql/cache.sql");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
