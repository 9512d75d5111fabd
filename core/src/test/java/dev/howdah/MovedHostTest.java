package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host whose name leads to another address from some moment on. The JVM of the application looks
 * names up in a file and keeps them for a second; the server listens at both addresses and notes by
 * which a batch came.
 */
@OneJdk
class MovedHostTest {

  private static final String NAME = "db.howdah.test";
  private static final String OLD = "127.0.0.1";
  private static final String NEW = "127.0.0.2";

  @TempDir private Path directory;

  @Test
  @Outage("DNS")
  void connectionsAfterTheMoveGoToTheNewAddress() throws Exception {
    assumeTrue(isOurs(NEW), "only Linux has more than one address on its loopback: skipped");
    Path hosts = directory.resolve("hosts");
    leadTo(OLD, hosts);
    try (EmbeddedServer server =
        EmbeddedServer.start(Map.of("listen_addresses", OLD + "," + NEW))) {
      ForkedJvm.Result result =
          ForkedJvm.java(
              List.of(
                  "-Djdk.net.hosts.file=" + hosts,
                  "-Dsun.net.inetaddr.ttl=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Application.class.getName(),
                  hosts.toString(),
                  "" + server.root().port()),
              Map.of());

      assertThat(result.exitCode()).as(result.output()).isZero();
    }
  }

  /** What runs in the JVM of its own. */
  static final class Application {

    private Application() {}

    public static void main(String[] args) throws IOException {
      Path hosts = Path.of(args[0]);
      int port = Integer.parseInt(args[1]);
      TestDatabase db = new TestDatabase(OLD, port, "postgres", "postgres", "");
      TestDatabase byName = new TestDatabase(NAME, port, "postgres", "postgres", "");
      try (NumberedEvents events =
          new NumberedEvents(hosts.getParent(), NumberedEvents.to(byName))) {
        events.logAndAwait();
        noteAddresses(db);
        events.logAndAwait();
        assertThat(addresses(db)).containsExactly(List.of(OLD));

        leadTo(NEW, hosts);
        events.logAndAwait();
        assertThat(addresses(db)).as("an open connection stays").containsExactly(List.of(OLD));
        await()
            .until(
                () -> {
                  NumberedEvents.terminateSessions(db);
                  events.logAndAwait();
                  return addresses(db).contains(List.of(NEW));
                });

        events.assertEachIsThereOnce(db);
      }
    }

    private static void noteAddresses(TestDatabase db) {
      db.execute(
          """
          CREATE TABLE came_by (address text);
          CREATE FUNCTION note_address() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            INSERT INTO public.came_by VALUES (host(inet_server_addr()));
            RETURN NULL;
          END
          $$;
          CREATE TRIGGER note_address BEFORE INSERT ON monitoring.log_events
          FOR EACH STATEMENT EXECUTE FUNCTION note_address();
          """);
    }

    private static List<List<String>> addresses(TestDatabase db) {
      return db.query("SELECT DISTINCT address FROM came_by");
    }
  }

  /** In one step, since the JVM may be reading. */
  private static void leadTo(String address, Path hosts) throws IOException {
    Path written =
        Files.writeString(hosts.resolveSibling("hosts.new"), address + " " + NAME + "\n");
    Files.move(written, hosts, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isOurs(String address) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
