package dev.howdah.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A PostgreSQL 18 of a test's own, for settings that the shared server can't have. Ends with {@link
 * #close()}, at the latest with the JVM.
 */
public final class EmbeddedServer implements AutoCloseable {

  private final EmbeddedPostgres server;

  private EmbeddedServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server on a free port of the loopback.
   *
   * @param settings as in postgresql.conf, such as {@code ssl} and {@code hba_file}; the superuser
   *     {@code postgres} must get in without a password, and no value may have a blank
   * @return the server, ready
   */
  public static EmbeddedServer start(Map<String, String> settings) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setOverrideWorkingDirectory(binaries().toFile());
    settings.forEach(builder::setServerConfig);
    try {
      return new EmbeddedServer(builder.start());
    } catch (IOException e) {
      throw new IllegalStateException("the embedded PostgreSQL did not start", e);
    }
  }

  /** {@return the database that was there before any other} */
  public TestDatabase root() {
    return new TestDatabase("localhost", server.getPort(), "postgres", "postgres", "");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("the embedded PostgreSQL did not end", e);
    }
  }

  // One folder a user: zonky's own, shared by all, is closed to everyone but who came first.
  private static Path binaries() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "embedded-pg-" + System.getProperty("user.name"));
  }
}
