package dev.howdah;

import static dev.howdah.NumberedEvents.terminateSessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that stops, crashes, is killed or takes no more connections. */
@OneJdk
class ServerOutagesTest {

  @TempDir private Path directory;
  private EmbeddedServer server;
  private TestDatabase db;
  private NumberedEvents events;

  @BeforeEach
  void start() {
    server = EmbeddedServer.start(Map.of("synchronous_commit", "on", "max_connections", "7"));
    db = server.root();
    events = new NumberedEvents(directory, NumberedEvents.to(db));
    events.logAndAwait();
  }

  @AfterEach
  void stop() {
    events.close();
    server.close();
  }

  @Test
  @Outage("08001")
  void eventsWaitForAServerThatIsDown() {
    server.stopFast();
    events.log(100);
    events.awaitTold("can't be reached", "'url'", "SQLState 08001", "refused");

    server.restart();

    events.awaitTold("the database is back");
    events.assertEachIsThereOnce(db);
  }

  @Test
  @Outage("57P01")
  void sessionsThatAnAdministratorEndsLoseAndDoubleNothing() {
    for (int round = 0; round < 20; round++) {
      events.log(200);
      terminateSessions(db);
    }
    events.assertEachIsThereOnce(db);
  }

  @Test
  @Outage("57P02")
  void theCrashOfAnotherSessionLosesAndDoublesNothing() throws SQLException {
    try (Connection bystander = db.connect()) {
      long pid = number(bystander, "SELECT pg_backend_pid()");
      events.log(200);
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      events.log(200);
    }
    events.assertEachIsThereOnce(db);
  }

  @Test
  @Outage("57P03")
  void eventsWaitForAServerThatShutsDownOrStarts() throws SQLException {
    try (Connection bystander = db.connect()) {
      long postmaster =
          number(bystander, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
      // A smart shutdown: it waits for the bystander, and lets nobody in.
      ProcessHandle.of(postmaster).orElseThrow().destroy();
      await().until(() -> refusal().equals("57P03"));
      bystander
          .createStatement()
          .execute(
              "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                  + " WHERE application_name = 'howdah'");
      events.log(100);
      events.awaitTold("SQLState 57P03", "starts, stops or recovers", "tried again");
    }
    server.restart();
    events.assertEachIsThereOnce(db);
  }

  @Test
  @Outage("53300")
  void eventsWaitForAConnectionToSpare() throws SQLException {
    terminateSessions(db);
    List<Connection> others = new ArrayList<>();
    try {
      // For a while: a session that was closed keeps its place until its backend has ended.
      await().during(Duration.ofMillis(500)).until(() -> isFull(others));
      events.log(100);
      events.awaitTold("SQLState 53300", "no connection to spare", "max_connections");
    } finally {
      for (Connection other : others) {
        other.close();
      }
    }
    events.assertEachIsThereOnce(db);
  }

  @Test
  @Outage("killed")
  void aServerThatIsKilledLosesAndDoublesNothing() {
    for (int round = 0; round < 2; round++) {
      events.log(2000);
      server.killHard();
      events.log(200);
      server.restart();
    }
    events.assertEachIsThereOnce(db);
  }

  /** Takes one more place; true when there was none. */
  private boolean isFull(List<Connection> others) {
    try {
      others.add(db.connect());
      return false;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("53300");
      return true;
    }
  }

  /** The SQLState with which the server refuses a connection; empty when it takes it. */
  private String refusal() {
    SQLException refused = catchThrowableOfType(SQLException.class, () -> db.connect().close());
    return refused == null ? "" : refused.getSQLState();
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (ResultSet result = connection.createStatement().executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
