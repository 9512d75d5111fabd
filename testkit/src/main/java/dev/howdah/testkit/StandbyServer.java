package dev.howdah.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/**
 * A hot standby that follows a primary by streaming, made of a copy of it while that runs.
 *
 * <p>Asynchronous until {@link #beSynchronous}. Its primary may die at any time; one that was
 * promoted may have a standby in turn. A primary with tablespaces can't be copied. Not thread-safe.
 */
public final class StandbyServer implements AutoCloseable {

  /** What belongs to the process that runs. */
  private static final Set<String> NOT_COPIED =
      Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

  /** What is streamed, or made anew by each start. */
  private static final Set<String> COPIED_EMPTY =
      Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_stat_tmp", "pg_subtrans");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedServer primary;
  private final EmbeddedServer server;
  private final String name;

  private StandbyServer(EmbeddedServer primary, EmbeddedServer server, String name) {
    this.primary = primary;
    this.server = server;
    this.name = name;
  }

  /**
   * Makes a standby and waits until it streams.
   *
   * @param primary a server that runs
   * @return its standby, with the same settings and all that was committed before this call
   */
  public static StandbyServer of(EmbeddedServer primary) {
    EmbeddedServer server = EmbeddedServer.notYetStarted(primary.settings());
    StandbyServer standby = new StandbyServer(primary, server, "standby_" + server.root().port());
    try {
      standby.copy();
      server.restart();
      standby.await("streaming", "state");
      return standby;
    } catch (IOException | SQLException | RuntimeException e) {
      standby.close();
      throw new IllegalStateException("no standby could be made", e);
    }
  }

  /** {@return the server, to be killed or restarted, or to be the primary of another standby} */
  public EmbeddedServer server() {
    return server;
  }

  /** {@return its first database: readable only, until it is promoted} */
  public TestDatabase root() {
    return server.root();
  }

  /**
   * Makes the primary wait for this standby at each commit. From then on what the primary calls
   * committed is here too; and when this standby is away the primary's commits wait.
   *
   * @throws IllegalStateException when the primary doesn't wait even for itself, for want of {@code
   *     synchronous_commit=on}
   */
  public void beSynchronous() {
    TestDatabase root = primary.root();
    if (!"on".equals(root.value("SHOW synchronous_commit"))) {
      throw new IllegalStateException("start the primary with synchronous_commit=on");
    }
    root.execute("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
    root.execute("SELECT pg_reload_conf()");
    await("sync", "sync_state");
  }

  /** Cuts the stream: what the primary commits from now on does not come here. */
  public void cut() {
    follow("");
    await(() -> root().count("SELECT count(*) FROM pg_stat_wal_receiver") == 0, "cut off");
  }

  /** Follows the primary again after {@link #cut}, and catches up. */
  public void reconnect() {
    follow(primaryConnection());
    await("streaming", "state");
  }

  /** Makes it a primary of its own, with what it has got so far, and waits until it can write. */
  public void promote() {
    if (!"t".equals(root().value("SELECT pg_promote(true, " + PATIENCE.toSeconds() + ")"))) {
      throw new IllegalStateException("the standby did not become a primary");
    }
  }

  /** Ends it and deletes its data; a primary that waits for it goes on waiting. */
  @Override
  public void close() {
    server.close();
  }

  private void follow(String connection) {
    root().execute("ALTER SYSTEM SET primary_conninfo = '" + connection + "'");
    root().execute("SELECT pg_reload_conf()");
  }

  private void copy() throws IOException, SQLException {
    // One session: the end of the one that began a backup is the end of the backup.
    try (Connection connection = primary.root().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_create_physical_replication_slot('" + name + "', true)");
      statement.execute("SELECT pg_backup_start('" + name + "', true)");
      Files.walkFileTree(primary.data(), new Copy(primary.data(), server.data()));
      try (ResultSet stopped =
          statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        stopped.next();
        Files.writeString(server.data().resolve("backup_label"), stopped.getString(1));
      }
    }
    Files.createFile(server.data().resolve("standby.signal"));
    // The last line of a name counts.
    Files.writeString(
        server.data().resolve("postgresql.auto.conf"),
        """
        primary_conninfo = '%s'
        primary_slot_name = '%s'
        synchronous_standby_names = ''
        """
            .formatted(primaryConnection(), name),
        StandardOpenOption.APPEND);
  }

  private String primaryConnection() {
    TestDatabase root = primary.root();
    return "host=%s port=%d user=%s application_name=%s"
        .formatted(root.host(), root.port(), root.username(), name);
  }

  private void await(String value, String column) {
    String sql =
        "SELECT count(*) FROM pg_stat_replication WHERE application_name = '%s' AND %s = '%s'"
            .formatted(name, column, value);
    await(() -> primary.root().count(sql) == 1, value);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition, String wanted) {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("the standby is still not " + wanted);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  /** Copies a folder whose files change and vanish meanwhile; the WAL mends what is torn. */
  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!folder.equals(from)) {
        Files.createDirectory(copyOf(folder));
      }
      return COPIED_EMPTY.contains(folder.getFileName().toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!NOT_COPIED.contains(file.getFileName().toString())) {
        try {
          Files.copy(file, copyOf(file));
        } catch (NoSuchFileException e) {
          // Such as a table that was dropped.
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    private Path copyOf(Path original) {
      return to.resolve(from.relativize(original));
    }
  }
}
