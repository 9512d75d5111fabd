package dev.howdah;

import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A way to the server that breaks or falls silent, while the server is well. */
@OneJdk
class NetworkOutagesTest {

  private final TestDatabase db = PostgresServer.shared().createDatabase();
  @TempDir private Path directory;
  private FaultyProxy proxy;
  private NumberedEvents events;

  @BeforeEach
  void start() throws IOException {
    proxy = new FaultyProxy(db.host(), db.port());
    Map<String, String> settings = new HashMap<>(NumberedEvents.to(db));
    settings.put("url", "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
    settings.put("socketTimeout", "1 s");
    events = new NumberedEvents(directory, settings);
    events.logAndAwait();
  }

  @AfterEach
  void stop() throws IOException {
    events.close();
    proxy.close();
  }

  @Test
  @Outage("08006")
  void connectionsThatAreResetLoseAndDoubleNothing() {
    for (int round = 0; round < 20; round++) {
      events.log(200);
      proxy.cutAll();
    }
    events.assertEachIsThereOnce(db);
  }

  @Test
  @Outage("silent")
  void aServerThatFallsSilentIsGivenUpAfterSocketTimeout() throws SQLException {
    try (Connection other = db.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE monitoring.log_events");
      events.log(100);
      // In the middle of a batch, not in the pool's look at an idle connection.
      await().until(() -> db.count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);

      proxy.pause();
      other.rollback();
      events.awaitTold("SQLState 08006", "away or not ready", "Read timed out");

      proxy.resume();
      events.assertEachIsThereOnce(db);
    }
  }
}
