package dev.howdah.postgres;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Brings a schema up to date with the numbered files {@code dev/howdah/sql/migrations/V001__*.sql}
 * of the class path, all in one transaction: after a failure the schema is as it was.
 *
 * <p>Any number of processes may do so at once; a transaction-level advisory lock lets one work and
 * the others find the work done. No session state is left, so PgBouncer's transaction mode will do.
 * A schema that is current is only read, so a role that may create nothing can start with it.
 *
 * <p>A file that was changed after it was installed is refused, by its SHA-256. A version that is
 * recorded but unknown here, installed by a later Howdah, is left alone. Any thread may call it.
 */
public final class Migrator {
  private static final String FOLDER = "dev/howdah/sql/migrations/";

  /** One file; the checksum is the SHA-256 of its UTF-8 text with LF line ends, in hex. */
  record Migration(int version, String name, String sql, String checksum) {}

  private final String schema;
  private final String schemaMigrations;
  private final List<Migration> migrations;

  /**
   * A migrator of the class path's files.
   *
   * @param schema name of the schema as it is, unquoted, such as {@code monitoring}
   */
  public Migrator(String schema) {
    this(schema, Migrator::resource);
  }

  /** For tests: the texts of the files by name come from {@code files}. */
  Migrator(String schema, UnaryOperator<String> files) {
    this.schema = schema;
    this.schemaMigrations = files.apply("schema_migrations.sql");
    this.migrations =
        files
            .apply("index.txt")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(name -> migration(name, files.apply(name)))
            .toList();
  }

  /**
   * Brings the schema up to date, or does nothing when it is.
   *
   * @param c a connection without a transaction under way; its autoCommit is restored
   * @return names of the files that were installed now, in their order
   * @throws SchemaChangedException when an installed file was changed since
   * @throws SQLException from the database; everything is rolled back
   */
  public List<String> migrate(Connection c) throws SQLException {
    return names(inTransaction(c, () -> missing(c).isEmpty() ? List.of() : install(c)));
  }

  /**
   * What {@link #migrate} would install. Only reads.
   *
   * @param c a connection without a transaction under way; its autoCommit is restored
   * @return names of the files, in their order
   * @throws SchemaChangedException when an installed file was changed since
   * @throws SQLException from the database
   */
  public List<String> pending(Connection c) throws SQLException {
    return names(inTransaction(c, () -> missing(c)));
  }

  /**
   * Whether every migration is installed. Only reads.
   *
   * @param c a connection without a transaction under way; its autoCommit is restored
   * @throws SchemaChangedException when an installed file was changed since
   */
  public boolean isCurrent(Connection c) throws SQLException {
    return inTransaction(c, () -> missing(c).isEmpty());
  }

  /** The migrations, for the test that compares them with {@code install.sql}. */
  List<Migration> migrations() {
    return migrations;
  }

  private static List<String> names(List<Migration> migrations) {
    return migrations.stream().map(Migration::name).toList();
  }

  /** Installs what is missing, and gives it. */
  private List<Migration> install(Connection c) throws SQLException {
    try (PreparedStatement lock =
        c.prepareStatement(
            "SELECT pg_advisory_xact_lock(hashtextextended('howdah:migrate:' || ?, 0))")) {
      lock.setString(1, schema);
      lock.execute();
    }
    try (Statement statement = c.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + SqlNames.quoted(schema));
      statement.execute("SET LOCAL search_path TO " + SqlNames.quoted(schema) + ", pg_temp");
      statement.execute(schemaMigrations);
      // Asked again: another process may have done it while this one waited for the lock.
      List<Migration> missing = missing(c);
      for (Migration migration : missing) {
        // A file may set its own path or escape it; each starts from the same one.
        statement.execute("SET LOCAL search_path TO " + SqlNames.quoted(schema) + ", pg_temp");
        statement.execute(migration.sql());
        record(c, migration);
      }
      return missing;
    }
  }

  private void record(Connection c, Migration migration) throws SQLException {
    try (PreparedStatement insert =
        c.prepareStatement(
            "INSERT INTO "
                + SqlNames.quoted(schema)
                + ".schema_migrations (version, name, checksum, installed_at, installed_by)"
                + " VALUES (?, ?, ?, now(), current_user)")) {
      insert.setInt(1, migration.version());
      insert.setString(2, migration.name());
      insert.setString(3, migration.checksum());
      insert.executeUpdate();
    }
  }

  /** What is not recorded yet, in order. */
  private List<Migration> missing(Connection c) throws SQLException {
    Map<Integer, String> recorded = recorded(c);
    List<Migration> missing = new ArrayList<>();
    for (Migration migration : migrations) {
      String checksum = recorded.get(migration.version());
      if (checksum == null) {
        missing.add(migration);
      } else if (!checksum.equals(migration.checksum())) {
        throw new SchemaChangedException(schema, migration.name(), checksum, migration.checksum());
      }
    }
    return missing;
  }

  /** Checksums by version; empty when there is no schema yet. */
  private Map<Integer, String> recorded(Connection c) throws SQLException {
    String table = SqlNames.quoted(schema) + ".schema_migrations";
    Map<Integer, String> recorded = new HashMap<>();
    try (PreparedStatement exists =
        c.prepareStatement(
            "SELECT 1 FROM pg_catalog.pg_tables"
                + " WHERE schemaname = ? AND tablename = 'schema_migrations'")) {
      exists.setString(1, schema);
      try (ResultSet found = exists.executeQuery()) {
        if (!found.next()) {
          return recorded;
        }
      }
    }
    try (Statement statement = c.createStatement();
        ResultSet rows = statement.executeQuery("SELECT version, checksum FROM " + table)) {
      while (rows.next()) {
        recorded.put(rows.getInt(1), rows.getString(2));
      }
    }
    return recorded;
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private static <T> T inTransaction(Connection c, Work<T> work) throws SQLException {
    boolean autoCommit = c.getAutoCommit();
    c.setAutoCommit(false);
    T result;
    try {
      try (Statement statement = c.createStatement()) {
        // What another process has committed meanwhile must be seen once the lock is ours.
        statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
      }
      result = work.run();
      c.commit();
    } catch (SQLException | RuntimeException e) {
      try {
        c.rollback();
        c.setAutoCommit(autoCommit);
      } catch (SQLException broken) {
        e.addSuppressed(broken); // a connection that broke refuses these too
      }
      throw e;
    }
    c.setAutoCommit(autoCommit);
    return result;
  }

  private static Migration migration(String name, String text) {
    int end = name.indexOf("__");
    if (end < 2 || !name.startsWith("V") || !name.endsWith(".sql")) {
      throw new IllegalArgumentException(
          "migration '" + name + "' has the wrong name: it must be such as V001__logs.sql");
    }
    String sql = text.replace("\r\n", "\n");
    return new Migration(Integer.parseInt(name.substring(1, end)), name, sql, sha256(sql));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Migrator.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException("not on the class path: " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
