package dev.howdah;

import static dev.howdah.NumberedEvents.terminateSessions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody takes away under a Howdah that runs: rights, tables, the schema, the database. */
@OneJdk
class SchemaOutagesTest {

  private final TestDatabase root = PostgresServer.shared().root();
  private final TestDatabase db = PostgresServer.shared().createDatabase();
  @TempDir private Path directory;

  private NumberedEvents start() {
    NumberedEvents events = new NumberedEvents(directory, NumberedEvents.to(db));
    events.logAndAwait();
    return events;
  }

  @Test
  @Outage("42501")
  void eventsWaitUntilARightIsGrantedAgain() throws SQLException {
    try (Connection owner = db.connect()) {
      new Migrator("monitoring").migrate(owner);
    }
    String writer = db.name() + "_writer";
    db.execute("CREATE ROLE " + writer + " LOGIN PASSWORD 'right' IN ROLE howdah_writer");
    Map<String, String> asWriter =
        Map.of("url", db.url(), "username", writer, "password", "right", "autoMigrate", "false");
    try (NumberedEvents events = new NumberedEvents(directory, asWriter)) {
      events.logAndAwait();
      db.execute("REVOKE INSERT ON monitoring.log_events FROM howdah_writer");
      events.log(100);
      events.awaitTold(
          "SQLState 42501", "rights are missing in schema 'monitoring'", "howdah_writer");

      db.execute("GRANT INSERT ON monitoring.log_events TO howdah_writer");

      events.assertEachIsThereOnce(db);
    } finally {
      db.execute("DROP ROLE " + writer);
    }
  }

  @Test
  @Outage("42P01")
  void eventsWaitUntilATableIsBack() {
    try (NumberedEvents events = start()) {
      db.execute("ALTER TABLE monitoring.log_events RENAME TO gone");
      events.log(100);
      events.awaitTold(
          "SQLState 42P01", "'monitoring' is not installed, or a part of it was dropped");

      db.execute("ALTER TABLE monitoring.gone RENAME TO log_events");

      events.assertEachIsThereOnce(db);
    }
  }

  @Test
  @Outage("3F000")
  void aSchemaThatWasDroppedIsMadeAgain() {
    try (NumberedEvents events = start()) {
      db.execute("DROP SCHEMA monitoring CASCADE");
      events.log(100);
      events.awaitTold("SQLState 3F000", "'monitoring' is not installed", "autoMigrate=true");

      events.awaitWritten();

      assertThatTheLaterHundredAreThere();
    }
  }

  @Test
  @Outage("3D000")
  void eventsWaitUntilTheDatabaseIsThereAgain() {
    try (NumberedEvents events = start()) {
      root.execute("DROP DATABASE " + db.name() + " WITH (FORCE)");
      events.log(100);
      events.awaitTold("SQLState 3D000", "no such database", "'url'", db.name());

      root.execute("CREATE DATABASE " + db.name());

      events.awaitWritten();
      assertThatTheLaterHundredAreThere();
    }
  }

  @Test
  @Outage("HW001")
  void anInstanceWhoseRowIsGoneRegistersAgain() {
    try (NumberedEvents events = start()) {
      db.execute("DELETE FROM monitoring.instances");
      events.log(100);
      events.awaitTold("SQLState HW001", "it is made again");

      events.assertEachIsThereOnce(db);
      assertThat(db.count("SELECT count(*) FROM monitoring.instances")).isEqualTo(1);
    }
  }

  @Test
  @Outage("25006")
  void aSessionThatMayOnlyReadIsGivenUpForOneThatMayWrite() {
    try (NumberedEvents events = start()) {
      root.execute("ALTER DATABASE " + db.name() + " SET default_transaction_read_only = on");
      terminateSessions(db);
      events.log(100);
      events.awaitTold("SQLState 25006", "read-only", "'url'", "targetServerType=primary");

      // Sessions that are open keep it: only a new one can write again.
      root.execute("ALTER DATABASE " + db.name() + " RESET default_transaction_read_only");

      events.assertEachIsThereOnce(db);
    }
  }

  /** The first event went with what was dropped. */
  private void assertThatTheLaterHundredAreThere() {
    assertThat(db.count("SELECT count(*) FROM monitoring.logs")).isEqualTo(100);
    assertThat(
            db.count(
                "SELECT count(DISTINCT message) FROM monitoring.logs WHERE message <> 'event 1'"))
        .isEqualTo(100);
  }
}
