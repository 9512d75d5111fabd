package dev.howdah.chaos;

import com.zaxxer.hikari.HikariConfig;
import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.ProxiedConnection;
import dev.howdah.testkit.TemporaryFolder;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Howdah to do mischief to: a database of its own, a proxy on the way there, one connection, and
 * settings with which it tries again at once.
 */
final class Subject implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final TestDatabase database;
  private final FaultyProxy proxy;
  private final TemporaryFolder folder = TemporaryFolder.create("howdah-chaos");
  private final Howdah howdah;
  private final NumberedEvents events;

  private Subject(TestDatabase database, Map<String, String> settings) throws IOException {
    this.database = Schema.installedIn(database);
    proxy = new FaultyProxy(database.host(), database.port());
    howdah = Howdah.start(config(settings), new PipelineListener() {});
    events = new NumberedEvents(howdah.pipeline());
  }

  /**
   * Starts one on a new database of the shared server.
   *
   * @param settings those that matter to the scenario
   */
  static Subject start(Map<String, String> settings) throws IOException {
    return start(PostgresServer.shared().createDatabase(), settings);
  }

  /**
   * Starts one on a database of the scenario's own.
   *
   * @param database an empty one; the proxy leads to it
   * @param settings those that matter to the scenario
   */
  static Subject start(TestDatabase database, Map<String, String> settings) throws IOException {
    return new Subject(database, settings);
  }

  private HowdahConfig config(Map<String, String> settings) {
    HikariConfig hikari = new HikariConfig();
    hikari.setMaximumPoolSize(1);
    HowdahConfig.Builder builder =
        HowdahConfig.builder()
            .hikari(hikari)
            .set("url", url())
            .set("username", database.username())
            // Where none is asked for, any will do: none at all would be looked up elsewhere.
            .set("password", database.password().isEmpty() ? "none" : database.password())
            .set("service", "chaos")
            .set("directory", folder.path().toString())
            .set("maintain", "false")
            .set("shutdownHook", "false")
            .set("onFull", "block")
            .set("onFullTimeout", "1 min")
            .set("retryMin", "1 ms")
            .set("retryMax", "20 ms");
    settings.forEach(builder::set);
    return builder.build();
  }

  /** Without TLS, which would only be asked for in vain at each of thousands of connections. */
  private String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable"
        .formatted(proxy.port(), database.name());
  }

  TestDatabase database() {
    return database;
  }

  long instanceId() {
    return howdah.instanceId();
  }

  NumberedEvents events() {
    return events;
  }

  /** The connections that work: one, or none until Howdah has noticed that the last one broke. */
  List<ProxiedConnection> connections() {
    return proxy.connections().stream().filter(connection -> connection.fault() == null).toList();
  }

  /** The connection that works. */
  ProxiedConnection connection() {
    List<ProxiedConnection> working = connections();
    if (working.size() != 1) {
      throw new IllegalStateException(working.size() + " connections work, not one");
    }
    return working.get(0);
  }

  /**
   * Waits until all that was logged is written, or has met another end.
   *
   * @return false when it still waits after all that time
   */
  boolean settles(Duration atMost) throws InterruptedException {
    return howdah.flush(atMost);
  }

  /** The same, for a scenario that can't go on otherwise. */
  void settle(Duration atMost) throws InterruptedException {
    if (!settles(atMost)) {
      throw new IllegalStateException("not written within " + atMost);
    }
  }

  /** Takes the database away: connections are reset, new ones refused. */
  void takeDatabaseAway() {
    proxy.refuse();
    proxy.cutAll();
  }

  /** Brings it back. */
  void bringDatabaseBack() {
    proxy.accept();
  }

  /** Rows known to be committed so far. */
  long written() {
    return stats().written();
  }

  /** What became of the events so far. */
  PipelineStats stats() {
    return howdah.stats();
  }

  /** Waits until something more is written. */
  void awaitProgress() {
    long before = written();
    long start = System.nanoTime();
    while (written() == before) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("nothing was written for " + PATIENCE);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Counts, once it has settled. */
  Tally tally() {
    return tally(database);
  }

  /** The same on the server that the database has moved to. */
  Tally tally(TestDatabase where) {
    return Tally.of(events, howdah.stats(), where, howdah.instanceId());
  }

  @Override
  public void close() throws IOException {
    try (folder;
        proxy) {
      howdah.close();
    }
  }
}
