package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database on a small disk of its own, which is filled and emptied again. */
class DiskFullTest {

  private static final int MORE_THAN_FITS = 20_000;

  @TempDir private Path directory;
  private Path disk;

  @BeforeEach
  void mountADisk() throws Exception {
    disk = Files.createTempDirectory("howdah-disk-");
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs", "" + disk);
    assumeTrue(mounted, "only root on Linux may mount a tmpfs: skipped");
  }

  @AfterEach
  void unmountIt() throws Exception {
    run("umount", disk.toString());
    Files.delete(disk);
  }

  @Test
  @Outage("53100")
  void eventsWaitUntilThereIsRoomOnTheDiskAgain() {
    try (EmbeddedServer server = EmbeddedServer.start(Map.of())) {
      TestDatabase db = databaseOnTheDisk(server.root());
      try (NumberedEvents events = new NumberedEvents(directory, NumberedEvents.to(db))) {
        events.logAndAwait();
        fill(db);
        events.log(MORE_THAN_FITS);
        events.awaitTold("SQLState 53100", "disk is full", "make room there");

        db.execute("DROP TABLE filler");

        events.assertEachIsThereOnce(db);
      }
    }
  }

  private TestDatabase databaseOnTheDisk(TestDatabase root) {
    root.execute("CREATE TABLESPACE small LOCATION '" + disk + "'");
    root.execute("CREATE DATABASE crowded TABLESPACE small");
    return new TestDatabase(root.host(), root.port(), "crowded", "postgres", "");
  }

  private static void fill(TestDatabase db) {
    db.execute("CREATE TABLE filler (line text)");
    Throwable full = null;
    while (full == null) {
      full =
          catchThrowable(
              () ->
                  db.execute(
                      "INSERT INTO filler SELECT repeat('x', 1000) FROM generate_series(1, 1000)"));
    }
    assertThat(full)
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53100"));
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // No such command here.
    }
  }
}
