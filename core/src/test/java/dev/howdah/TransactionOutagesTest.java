package dev.howdah;

import static dev.howdah.NumberedEvents.terminateSessions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that the server breaks off although the connection is sound. */
@OneJdk
class TransactionOutagesTest {

  private final TestDatabase db = PostgresServer.shared().createDatabase();
  private final Map<String, String> settings = new HashMap<>(NumberedEvents.to(db));
  @TempDir private Path directory;

  private NumberedEvents start() {
    NumberedEvents events = new NumberedEvents(directory, settings);
    events.logAndAwait();
    return events;
  }

  /** The first three transactions fail, in the order of trying; nothing rolls a sequence back. */
  private void failThreeTimes(String sqlState) {
    db.execute(
        """
        CREATE SEQUENCE attempts;
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('public.attempts') <= 3 THEN
            RAISE EXCEPTION 'as the test wants it' USING ERRCODE = '%s';
          END IF;
          RETURN NULL;
        END
        $$;
        CREATE TRIGGER fail BEFORE INSERT ON monitoring.log_events
        FOR EACH STATEMENT EXECUTE FUNCTION fail();
        """
            .formatted(sqlState));
  }

  private void assertTriedAgain(String sqlState, String... told) {
    try (NumberedEvents events = start()) {
      failThreeTimes(sqlState);
      events.log(100);
      events.awaitTold("SQLState " + sqlState);
      events.awaitTold(told);
      events.assertEachIsThereOnce(db);
      assertThat(db.count("SELECT last_value FROM attempts")).isGreaterThan(3);
    }
  }

  @Test
  @Outage("40001")
  void aTransactionThatCanNotBeSerializedIsTriedAgain() {
    assertTriedAgain("40001", "in favour of another", "tried again");
  }

  @Test
  @Outage("40P01")
  void theVictimOfADeadlockIsTriedAgain() {
    assertTriedAgain("40P01", "in favour of another", "tried again");
  }

  @Test
  @Outage("53100")
  void eventsWaitWhileTheDiskIsFull() {
    assertTriedAgain("53100", "disk is full", "make room there");
  }

  @Test
  @Outage("53200")
  void eventsWaitWhileTheServerIsOutOfMemory() {
    assertTriedAgain("53200", "away or not ready", "tried again");
  }

  @Test
  @Outage("any other")
  void aStateThatNobodyThoughtOfIsTriedAgain() {
    assertTriedAgain("XX001", "away or not ready", "tried again");
  }

  @Test
  @Outage("55P03")
  void eventsWaitForALockLongerThanLockTimeout() throws SQLException {
    settings.put("lockTimeout", "50 ms");
    try (NumberedEvents events = start();
        Connection other = db.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE monitoring.log_events");
      events.log(100);
      events.awaitTold("SQLState 55P03", "'lockTimeout'", "pg_stat_activity");

      other.rollback();

      events.assertEachIsThereOnce(db);
    }
  }

  @Test
  @Outage("57014")
  void aStatementThatTheServerCancelsIsTriedAgain() throws SQLException {
    try (NumberedEvents events = start();
        Connection other = db.connect()) {
      db.execute("ALTER DATABASE " + db.name() + " SET statement_timeout = '300 ms'");
      terminateSessions(db);
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE monitoring.log_events");
      events.log(100);
      events.awaitTold("SQLState 57014", "statement_timeout");

      other.rollback();

      events.assertEachIsThereOnce(db);
    }
  }
}
