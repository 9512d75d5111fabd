package dev.howdah.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL 18 of a test's own, for settings that the shared server can't have, and for dying.
 * Ends with {@link #close()}, at the latest with the JVM, and leaves nothing behind.
 *
 * <p>It never syncs to disk, and unless {@code synchronous_commit=on} is set it tells of a commit
 * before the operating system has it: a test that kills a server and counts needs that setting.
 *
 * <p>{@link #killHard} needs the commands of a POSIX system. Not thread-safe, but for {@link
 * #root}.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What is always so, unless a test says otherwise: no file outside of the data. */
  private static final Map<String, String> OWN_FOLDER_ONLY =
      Map.of("unix_socket_directories", "", "dynamic_shared_memory_type", "mmap");

  private final Path data;
  private final int port = freePort();
  private final Map<String, String> settings = new LinkedHashMap<>(OWN_FOLDER_ONLY);
  private @Nullable EmbeddedPostgres running;
  private boolean closed;

  private EmbeddedServer(Map<String, String> settings) {
    this.settings.putAll(settings);
    try {
      data = Files.createTempDirectory("howdah-pg-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for data", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "testkit-close-" + port));
  }

  /**
   * Starts a server on a free port of the loopback.
   *
   * @param settings as in postgresql.conf, such as {@code ssl} and {@code hba_file}; the superuser
   *     {@code postgres} must get in without a password, and no value may have a blank
   * @return the server, ready
   */
  public static EmbeddedServer start(Map<String, String> settings) {
    EmbeddedServer server = notYetStarted(settings);
    server.launch();
    return server;
  }

  /** A server without data; the first start makes them, unless somebody puts some there before. */
  static EmbeddedServer notYetStarted(Map<String, String> settings) {
    return new EmbeddedServer(settings);
  }

  /** {@return the database that was there before any other} */
  public TestDatabase root() {
    return new TestDatabase("localhost", port, "postgres", "postgres", "");
  }

  /** Stops it in good order: sessions are ended (57P01), what is committed is in the files. */
  public void stopFast() {
    Optional<ProcessHandle> process = postmaster();
    release();
    process.ifPresent(p -> p.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
  }

  /**
   * Kills all its processes at once, as an OOM killer or the end of a container does. Nothing is
   * written any more, nobody is told; clients see their connections break.
   */
  public void killHard() {
    postmaster().ifPresent(this::kill);
    // Only gives up its lock now; that there is nothing to stop it says in the log.
    release();
  }

  /**
   * Starts it again, on the same port and data; after {@link #killHard} it recovers first. One that
   * runs is stopped in good order before.
   */
  public void restart() {
    stopFast();
    launch();
  }

  /** Ends it, dead or alive, and deletes its data. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    release();
    postmaster().ifPresent(this::kill); // It waited for something, such as a mute standby.
    try {
      delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException("the data could not be deleted", e);
    }
  }

  Path data() {
    return data;
  }

  Map<String, String> settings() {
    return settings;
  }

  private void launch() {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(binaries().toFile())
            .setDataDirectory(data)
            .setPort(port)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(PATIENCE);
    settings.forEach(builder::setServerConfig);
    try {
      running = builder.start();
    } catch (IOException e) {
      close();
      throw new IllegalStateException("the embedded PostgreSQL did not start", e);
    }
  }

  private void release() {
    EmbeddedPostgres server = running;
    running = null;
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        throw new IllegalStateException("the embedded PostgreSQL did not end", e);
      }
    }
  }

  private void kill(ProcessHandle postmaster) {
    List<String> pidFile = pidFile();
    // Stopped first, so that it starts no process that is not among those to be killed.
    command("kill", "-STOP", Long.toString(postmaster.pid()));
    // And last to die: a session that saw it gone would still tell its client (57P01).
    List<ProcessHandle> processes =
        Stream.concat(postmaster.descendants(), Stream.of(postmaster)).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    forgetSharedMemory(pidFile);
  }

  /** The process that the file of the data names, when it lives and is no other of that number. */
  private Optional<ProcessHandle> postmaster() {
    List<String> pidFile = pidFile();
    return pidFile.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(pidFile.get(0).strip()))
            .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
  }

  /** Empty where no server runs or has died. */
  private List<String> pidFile() {
    Path file = data.resolve("postmaster.pid");
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The small segment by which a server notices that an older one of its data still lives. */
  private static void forgetSharedMemory(List<String> pidFile) {
    if (pidFile.size() > 6 && !pidFile.get(6).isBlank()) {
      command("ipcrm", "-m", pidFile.get(6).strip().split("\\s+", -1)[1]);
    }
  }

  private static void command(String... words) {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException("this needs the command " + words[0], e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.map(Path::toFile).sorted((a, b) -> b.compareTo(a)).forEach(File::delete);
    }
  }

  /**
   * Not one of those that systems give to outgoing connections (from 32768 on): while the server is
   * down such a connection could take it, even one that tries to reach the server.
   */
  private static int freePort() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket free = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Somebody has it.
      }
    }
  }

  // One folder a user: zonky's own, shared by all, is closed to everyone but who came first.
  private static Path binaries() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "embedded-pg-" + System.getProperty("user.name"));
  }
}
