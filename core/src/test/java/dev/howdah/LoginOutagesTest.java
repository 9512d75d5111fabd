package dev.howdah;

import static dev.howdah.NumberedEvents.terminateSessions;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login that was right and is refused later. */
@OneJdk
class LoginOutagesTest {

  @TempDir private Path directory;
  private EmbeddedServer server;
  private TestDatabase db;
  private NumberedEvents events;

  @BeforeEach
  void start() throws IOException {
    Path hba =
        Files.writeString(
            directory.resolve("pg_hba.conf"),
            """
            host all postgres all trust
            host all all      all scram-sha-256
            """);
    server = EmbeddedServer.start(Map.of("hba_file", hba.toString()));
    db = server.root();
    db.execute("CREATE ROLE app SUPERUSER LOGIN PASSWORD 'right'");
    events =
        new NumberedEvents(
            directory, Map.of("url", db.url(), "username", "app", "password", "right"));
    events.logAndAwait();
  }

  @AfterEach
  void stop() {
    events.close();
    server.close();
  }

  @Test
  @Outage("28P01")
  void aPasswordThatIsChangedEndsNoSessionButRefusesTheNext() {
    db.execute("ALTER ROLE app PASSWORD 'another'");
    events.log(100);
    events.assertEachIsThereOnce(db);

    terminateSessions(db);
    events.log(100);
    events.awaitTold("SQLState 28P01", "refused the login", "'username' and 'password'");

    db.execute("ALTER ROLE app PASSWORD 'right'");
    events.assertEachIsThereOnce(db);
  }

  @Test
  @Outage("28000")
  void eventsWaitUntilTheUserMayLogInAgain() {
    db.execute("ALTER ROLE app NOLOGIN");
    terminateSessions(db);
    events.log(100);
    events.awaitTold("SQLState 28000", "refused the login", "'username' and 'password'");

    db.execute("ALTER ROLE app LOGIN");
    events.assertEachIsThereOnce(db);
  }
}
