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

  CacheSchema(String schema, boolean logged) {
    this.schema = schema;
    this.logged = logged;
  }

  /**
   * Makes what is missing.
   *
   * @param c a connection without a transaction under way; its autoCommit is restored
   */
  void install(Connection c) throws SQLException {
    if (isCurrent(c)) {
      return;
    }
    boolean autoCommit = c.getAutoCommit();
    c.setAutoCommit(false);
    try {
      lock(c);
      if (!isCurrent(c)) {
        create(c);
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

  private void lock(Connection c) throws SQLException {
    try (PreparedStatement lock =
        c.prepareStatement(
            "SELECT pg_advisory_xact_lock(hashtextextended('howdah:cache:install:' || ?, 0))")) {
      lock.setString(1, schema);
      lock.execute();
    }
  }

  private boolean isCurrent(Connection c) throws SQLException {
    String version = SqlTemplate.quoted(schema) + ".cache_version()";
    try (PreparedStatement exists = c.prepareStatement("SELECT to_regprocedure(?) IS NOT NULL")) {
      exists.setString(1, version);
      try (ResultSet row = exists.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          return false;
        }
      }
    }
    try (Statement statement = c.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + version)) {
      row.next();
      return row.getInt(1) >= VERSION;
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
