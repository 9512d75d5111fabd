package dev.howdah.logback;

import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PgBouncer of the machine's, in transaction mode, before a database. */
final class PgBouncer implements AutoCloseable {

  static final Path BINARY = Path.of("/usr/sbin/pgbouncer");

  private final Process process;
  private final TestDatabase database;

  private PgBouncer(Process process, TestDatabase database) {
    this.process = process;
    this.database = database;
  }

  /** Starts one that opens at most {@code poolSize} connections to the server. */
  static PgBouncer start(TestDatabase db, Path folder, int poolSize) throws IOException {
    int port = freePort();
    Path configuration = folder.resolve("pgbouncer.ini");
    Files.writeString(
        configuration,
        """
        [databases]
        %s = host=%s port=%d dbname=%s user=%s password='%s'
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        default_pool_size = %d
        """
            .formatted(
                db.name(),
                db.host(),
                db.port(),
                db.name(),
                db.username(),
                AppenderFixture.password(db),
                port,
                poolSize));
    List<String> command = new ArrayList<>(List.of(BINARY.toString(), configuration.toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(1, List.of("-u", "nobody"));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    PgBouncer bouncer =
        new PgBouncer(
            process, new TestDatabase("127.0.0.1", port, db.name(), db.username(), db.password()));
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(() -> bouncer.database.count("SELECT 1") == 1);
    return bouncer;
  }

  /** The database, through it. */
  TestDatabase database() {
    return database;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
