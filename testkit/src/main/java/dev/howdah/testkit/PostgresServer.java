package dev.howdah.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of this JVM: that of {@code HOWDAH_TEST_URL} (a JDBC URL with user and
 * password of a superuser), else one in Docker, else an embedded PostgreSQL 18. Says on standard
 * output which it is. Ends with the JVM, also on Ctrl-C and SIGTERM; a JVM that is killed leaves an
 * embedded server behind. Databases made on a server given by URL are dropped instead. Thread-safe.
 */
public final class PostgresServer {

  private static final String IMAGE = "postgres:18-alpine";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final class Holder {
    static final PostgresServer SHARED = start(System.getenv("HOWDAH_TEST_URL"));
  }

  private final TestDatabase root;
  private final Set<String> databases = ConcurrentHashMap.newKeySet();

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
    TestDatabase root =
        new TestDatabase(
            properties.getProperty("PGHOST", "localhost"),
            Integer.parseInt(properties.getProperty("PGPORT", "5432")),
            properties.getProperty("PGDBNAME", "postgres"),
            properties.getProperty("user", "postgres"),
            properties.getProperty("password", ""),
            parameters(url));
    PostgresServer server = new PostgresServer(root, "given by URL");
    Runtime.getRuntime().addShutdownHook(new Thread(server::dropDatabases, "testkit-drop"));
    return server;
  }

  /**
   * Makes an empty database, of a name that no other JVM on the same server has.
   *
   * @return the database
   */
  public TestDatabase createDatabase() {
    String name =
        "howdah_%d_%d_%08x"
            .formatted(
                ProcessHandle.current().pid(),
                DATABASES.incrementAndGet(),
                ThreadLocalRandom.current().nextInt());
    root.execute("CREATE DATABASE " + name);
    databases.add(name);
    // Without parameters of the server's URL: tests put their own behind the database's.
    return new TestDatabase(root.host(), root.port(), name, root.username(), root.password());
  }

  /** {@return the database that was there before any other} */
  public TestDatabase root() {
    return root;
  }

  /** What stands behind the question mark, but for user and password. */
  private static String parameters(String url) {
    int mark = url.indexOf('?');
    return mark < 0
        ? ""
        : Arrays.stream(url.substring(mark + 1).split("&", -1))
            .filter(p -> !p.startsWith("user=") && !p.startsWith("password="))
            .collect(Collectors.joining("&"));
  }

  private void dropDatabases() {
    for (String name : databases) {
      try {
        root.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      } catch (IllegalStateException e) {
        System.err.println("[testkit] database " + name + " stays: " + e.getCause());
      }
    }
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

  private static PostgresServer start(@Nullable String url) {
    if (url != null && !url.isBlank()) {
      return at(url);
    }
    if (!dockerAnswers()) {
      return embedded();
    }
    try {
      return inDocker();
    } catch (RuntimeException e) {
      System.out.println("[testkit] Docker answers, but " + IMAGE + " did not start: " + e);
      return embedded();
    }
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

  // Ends with the JVM, by a hook of its own.
  @SuppressWarnings("resource")
  private static PostgresServer embedded() {
    return new PostgresServer(EmbeddedServer.start(Map.of()).root(), "embedded");
  }
}
