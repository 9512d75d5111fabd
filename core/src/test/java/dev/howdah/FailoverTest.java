package dev.howdah;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.StandbyServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary and its standby: who takes the events, before, during and after the switch. */
@OneJdk
class FailoverTest {

  @TempDir private Path directory;
  private EmbeddedServer primary;
  private StandbyServer standby;

  @BeforeEach
  void startBoth() {
    primary = EmbeddedServer.start(Map.of("synchronous_commit", "on"));
    standby = StandbyServer.of(primary);
    standby.beSynchronous();
  }

  @AfterEach
  void stopBoth() {
    standby.close();
    primary.close();
  }

  private NumberedEvents startAt(String hosts, String parameters) {
    return new NumberedEvents(
        directory,
        Map.of(
            "url",
            "jdbc:postgresql://" + hosts + "/postgres" + parameters,
            "username",
            "postgres"));
  }

  private String both() {
    return host(primary) + "," + host(standby.server());
  }

  private static String host(EmbeddedServer server) {
    return "localhost:" + server.root().port();
  }

  @Test
  @Outage("failover")
  void aSwitchToASynchronousStandbyLosesAndDoublesNothing() {
    try (NumberedEvents events =
        startAt(both(), "?targetServerType=primary&hostRecheckSeconds=1")) {
      events.logAndAwait();
      events.log(2000);
      primary.killHard();
      events.log(200);
      standby.promote();
      events.log(200);

      events.assertEachIsThereOnce(standby.root());
    }
  }

  @Test
  @Outage("25006 on an ex-primary")
  void aPrimaryThatWasMadeReadOnlyIsLeftForTheNewOne() {
    try (NumberedEvents events =
        startAt(both(), "?targetServerType=primary&hostRecheckSeconds=1")) {
      events.logAndAwait();
      // It keeps its connections and refuses to write, as a proxy's or a cloud's ex-primary does.
      primary.root().execute("ALTER SYSTEM SET default_transaction_read_only = on");
      primary.root().execute("SELECT pg_reload_conf()");
      events.log(100);
      events.awaitTold("SQLState 25006", "read-only");

      standby.promote();

      events.assertEachIsThereOnce(standby.root());
    }
  }

  @Test
  @Outage("25006 on a standby")
  void eventsWaitUntilTheStandbyThatTheUrlNamesIsPromoted() {
    try (NumberedEvents events = startAt(host(standby.server()), "")) {
      events.log(100);
      events.awaitTold("SQLState 25006", "read-only", "'url'", "targetServerType=primary");

      standby.promote();

      events.assertEachIsThereOnce(standby.root());
    }
  }

  @Test
  @Outage("no primary")
  void eventsWaitUntilOneOfTheHostsIsAPrimary() {
    try (NumberedEvents events =
        startAt(host(standby.server()), "?targetServerType=primary&hostRecheckSeconds=1")) {
      events.log(100);
      events.awaitTold("SQLState 08001", "'url'", "targetServerType: primary");

      standby.promote();

      events.assertEachIsThereOnce(standby.root());
    }
  }
}
