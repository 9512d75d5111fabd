package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class JournalReplayTest {

  private static final int SEVERAL_BATCHES = 2000;

  @TempDir Path directory;
  private final TestDatabase db;

  JournalReplayTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void anEmptySchema() throws SQLException {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    try (Connection c = db.connect()) {
      new Migrator("monitoring").migrate(c);
    }
  }

  private Ran replay(Path journal) {
    return Ran.howdah(
        "journal",
        "replay",
        "--url",
        db.url(),
        "--username",
        db.username(),
        "--password=" + db.password(),
        journal);
  }

  private void assertEachIsThereOnce(int events) {
    assertThat(db.query("SELECT count(*), count(DISTINCT message) FROM monitoring.logs"))
        .containsExactly(List.of("" + events, "" + events));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void aJournalIsWrittenUnderItsOwnInstanceAndDeleted() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", SEVERAL_BATCHES);

    Ran ran = replay(journal);

    assertThat(ran)
        .isEqualTo(new Ran(0, journal + ": 2000 rows written" + System.lineSeparator(), ""));
    assertThat(journal).doesNotExist();
    assertEachIsThereOnce(SEVERAL_BATCHES);
    assertThat(
            db.query(
                "SELECT DISTINCT to_hex(instance_id), service, environment, release, host, pid"
                    + " FROM monitoring.logs"))
        .containsExactly(
            List.of(
                Long.toHexString(Long.parseUnsignedLong(journal.getFileName().toString(), 16)),
                "shop",
                "test",
                "1.4.2",
                "elephant-1",
                "" + ProcessHandle.current().pid()));
  }

  @Test
  void whatTheDatabaseHasAlreadyIsNotWrittenAgain() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", SEVERAL_BATCHES);
    Path copy = directory.resolve("copy/shop/journal").resolve(journal.getFileName());
    copy(journal, copy);

    assertThat(replay(journal).exitCode()).isZero();
    Ran again = replay(copy);

    assertThat(again.exitCode()).isZero();
    assertThat(copy).doesNotExist();
    assertEachIsThereOnce(SEVERAL_BATCHES);
  }

  @Test
  void whileTheDatabaseIsAwayTheJournalStays() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", 12);
    String nowhere = "jdbc:postgresql://localhost:" + LeftJournal.closedPort() + "/none";

    Ran ran = Ran.howdah("journal", "replay", "--url", nowhere, "--timeout", "1", journal);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains(": 0 rows written");
    assertThat(ran.err()).contains("refused", "not all is written; what is left stays there");
    assertThat(replay(journal).exitCode()).isZero();
    assertEachIsThereOnce(12);
  }

  @Test
  void theJournalOfARunningInstanceIsLeftToIt() throws IOException {
    LeftJournal running = LeftJournal.start(directory, "shop").log(3);
    Path journal;
    try {
      await().until(() -> Ran.howdah("journal", "verify", directory).out().contains("rows 3, "));
      journal = running.folder();

      Ran ran = replay(journal);

      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.err()).contains(journal + " is held by a running instance");
    } finally {
      running.close();
    }
    assertEachIsThereOnce(0);
    assertThat(replay(journal).exitCode()).isZero();
    assertEachIsThereOnce(3);
  }

  @Test
  void oneThatIsHeldDoesNotKeepTheOthers() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", 3);
    LeftJournal running = LeftJournal.start(directory, "billing").log(2);
    try {
      await().until(() -> Ran.howdah("journal", "list", directory).out().contains("billing"));

      Ran ran = replay(directory);

      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.err()).contains(running.folder() + " is held by a running instance");
      assertThat(ran.out()).contains(journal + ": 3 rows written");
    } finally {
      running.close();
    }
    assertEachIsThereOnce(3);
  }

  @Test
  void aDamagedPartIsKeptAsideAndTheRestIsWritten() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", SEVERAL_BATCHES);
    LeftJournal.damage(journal, 5000);

    Ran ran = replay(journal);

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).contains("damaged");
    assertThat(db.count("SELECT count(*) FROM monitoring.logs"))
        .isPositive()
        .isLessThan(SEVERAL_BATCHES);
    try (Stream<Path> damaged = Files.list(directory.resolve("shop/journal/damaged"))) {
      assertThat(damaged).hasSize(1);
    }
  }
}
