package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that trying again does not mend; more of them in the appenders' conformance suite. */
class BadRowsTest {

  private static final List<String> STATES =
      List.of(
          "09000", "21000", "22000", "23000", "27000", "38000", "39000", "44000", "54000", "P0001");

  private final TestDatabase db = PostgresServer.shared().createDatabase();
  @TempDir private Path directory;

  @Test
  @Outage("09, 21, 22, 23, 27, 38, 39, 44, 54, P0")
  void aBadRowIsKeptAsideWhicheverOfTheseStatesRefusesIt() throws IOException {
    try (NumberedEvents events = new NumberedEvents(directory, NumberedEvents.to(db))) {
      events.logAndAwait();
      for (int i = 0; i < STATES.size(); i++) {
        refuse("event " + (10 * i + 5), STATES.get(i));
      }
      events.log(99);

      await().until(() -> events.stats().pending() == 0);

      assertThat(events.stats().rejected()).isEqualTo(STATES.size());
      assertThat(db.count("SELECT count(DISTINCT message) FROM monitoring.logs"))
          .isEqualTo(100 - STATES.size());
      assertThat(db.count("SELECT count(*) FROM monitoring.logs")).isEqualTo(100 - STATES.size());
      List<String> kept =
          Files.readAllLines(directory.resolve("application/rejects/rejects.ndjson"));
      assertThat(kept).hasSameSizeAs(STATES);
      for (String state : STATES) {
        assertThat(kept).anyMatch(line -> line.contains("\"sql_state\":\"" + state + "\""));
      }
      events.awaitTold("PostgreSQL refused a row; it is kept in", "rejects.ndjson");
    }
  }

  private void refuse(String message, String sqlState) {
    db.execute(
        """
        CREATE FUNCTION refuse_%1$s() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'as the test wants it' USING ERRCODE = '%1$s';
        END
        $$;
        CREATE TRIGGER refuse_%1$s BEFORE INSERT ON monitoring.log_events
        FOR EACH ROW WHEN (NEW.message = '%2$s') EXECUTE FUNCTION refuse_%1$s();
        """
            .formatted(sqlState, message));
  }
}
