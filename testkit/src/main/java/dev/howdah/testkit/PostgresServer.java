package dev.howdah.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.Driver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of this JVM: that of {@code HOWDAH_TEST_URL} (a JDBC URL with user and
 * password of a superuser), else one in Docker, else an embedded PostgreSQL 18. Says on standard
 * output which it is. Ends with the JVM. Thread-safe.
 */
public final class PostgresServer {

  private static final String IMAGE = "postgres:18-alpine";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final class Holder {
    static final PostgresServer SHARED = start(System.getenv("HOWDAH_TEST_URL"));
  }

  private final TestDatabase root;

  private PostgresServer(TestDatabase root, String how) {
    this.root = root;
    System.out.println("[testkit] " + how + ": PostgreSQL " + version());
  }

  /** {@return the server, started by the first call} */
  public static PostgresServer shared() {
    return Holder.SHARED;
  }

  /**
   * Uses a server that runs already.
   *
   * @param url JDBC URL with user and password in it
   * @return the server
   */
  public static PostgresServer at(String url) {
    var properties = Driver.parseURL(url, null);
    if (properties == null) {
      throw new IllegalArgumentException(
          "'" + url + "' is no JDBC URL of PostgreSQL: jdbc:postgresql://host:port/db?user=…");
    }
    URI address = URI.create(url.substring("jdbc:".length()).replaceFirst("\\?.*", ""));
    TestDatabase root =
        new TestDatabase(
            address.getHost(),
            address.getPort() < 0 ? 5432 : address.getPort(),
            properties.getProperty("PGDBNAME", "postgres"),
            properties.getProperty("user", "postgres"),
            properties.getProperty("password", ""));
    return new PostgresServer(root, "given by URL");
  }

  /**
   * Makes an empty database.
   *
   * @return the database
   */
  public TestDatabase createDatabase() {
    String name = "howdah_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
    root.execute("DROP DATABASE IF EXISTS " + name);
    root.execute("CREATE DATABASE " + name);
    return new TestDatabase(root.host(), root.port(), name, root.username(), root.password());
  }

  /** {@return the database that was there before any other} */
  public TestDatabase root() {
    return root;
  }

  private String version() {
    try (Connection connection =
            DriverManager.getConnection(root.url(), root.username(), root.password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW server_version")) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("no PostgreSQL at " + root.url(), e);
    }
  }

  private static PostgresServer start(@org.jspecify.annotations.Nullable String url) {
    if (url != null && !url.isBlank()) {
      return at(url);
    }
    return dockerAnswers() ? inDocker() : embedded();
  }

  private static boolean dockerAnswers() {
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  // Testcontainers' own reaper removes the container after the JVM has gone.
  @SuppressWarnings("resource")
  private static PostgresServer inDocker() {
    PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
    container.start();
    TestDatabase root =
        new TestDatabase(
            container.getHost(),
            container.getFirstMappedPort(),
            container.getDatabaseName(),
            container.getUsername(),
            container.getPassword());
    return new PostgresServer(root, "in Docker");
  }

  private static PostgresServer embedded() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      TestDatabase root =
          new TestDatabase("localhost", server.getPort(), "postgres", "postgres", "");
      return new PostgresServer(root, "embedded");
    } catch (IOException e) {
      throw new IllegalStateException("the embedded PostgreSQL did not start", e);
    }
  }
}
