package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What memory can't hold, or a stop leaves over, goes over the disk: once, and in order. */
@PostgresTest
class JournalingTest {

  private static final String SEGMENT = "256 KiB";
  private static final int MORE_THAN_MEMORY_HOLDS = 40_000;

  @TempDir Path directory;
  private final TestDatabase db;
  private final Map<String, String> settings = new HashMap<>();
  private FaultyProxy proxy;

  JournalingTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void standBetween() throws IOException {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    proxy = new FaultyProxy(db.host(), db.port());
    settings.putAll(NumberedEvents.to(db));
    settings.put("url", "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
    settings.put("service", "test");
    settings.put("maxMemory", "4 MiB");
    settings.put("batchSize", "64 KiB");
    settings.put("journalSegmentSize", SEGMENT);
  }

  @AfterEach
  void stepAside() throws IOException {
    proxy.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(1));
  }

  private NumberedEvents start() {
    return new NumberedEvents(directory, settings);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  private void assertNoSegmentsAreLeft() {
    soon().untilAsserted(() -> assertThat(segments()).isEmpty());
  }

  private void assertOrderIsKept() {
    assertThat(
            db.count(
                "SELECT count(*) FROM (SELECT split_part(message, ' ', 2)::int - lag(split_part("
                    + "message, ' ', 2)::int) OVER (ORDER BY seq) AS step FROM monitoring.logs) s"
                    + " WHERE step <> 1"))
        .isZero();
  }

  private void awaitJournaled(NumberedEvents events, long rows) {
    soon().until(() -> events.stats().journaled() >= rows);
  }

  @Test
  void anOutageGoesOverTheDiskAndNothingIsLeftThere() throws IOException {
    proxy.refuse();
    try (NumberedEvents events = start()) {
      events.log(MORE_THAN_MEMORY_HOLDS);
      awaitJournaled(events, MORE_THAN_MEMORY_HOLDS / 2);
      assertThat(segments()).hasSizeGreaterThan(10);
      proxy.accept();
      events.log(1000);
      events.assertEachIsThereOnce(db);
      assertThat(events.stats().journaled()).isZero();
      assertNoSegmentsAreLeft();
    }
    assertOrderIsKept();
    assertThat(directory.resolve("test/journal")).isEmptyDirectory();
  }

  @Test
  void aSlowDatabaseMakesMemoryOverflowToDisk() throws IOException {
    try (NumberedEvents events = start()) {
      events.logAndAwait();
      proxy.pause();
      events.log(MORE_THAN_MEMORY_HOLDS);
      awaitJournaled(events, MORE_THAN_MEMORY_HOLDS / 2);
      proxy.resume();
      events.assertEachIsThereOnce(db);
      assertNoSegmentsAreLeft();
    }
    assertOrderIsKept();
  }

  @Test
  void whatAStopLeavesOverIsWrittenByTheNextStart() throws IOException {
    proxy.refuse();
    settings.put("shutdownTimeout", "0");
    NumberedEvents first = start();
    first.log(5000);
    first.close();
    assertThat(first.stats().journaled()).isEqualTo(5000);
    assertThat(first.stats().pending() + first.stats().dropped()).isZero();
    first.awaitTold("5000 events are in the journal");

    proxy.accept();
    try (NumberedEvents second = start()) {
      soon().until(() -> second.stats().adopted() == 5000);
      assertThat(second.stats().logged()).isZero();
    }
    assertThat(db.query("SELECT count(*), count(DISTINCT seq) FROM monitoring.logs"))
        .containsExactly(List.of("5000", "5000"));
    assertThat(
            db.query(
                "SELECT count(DISTINCT instance_id), count(*) FILTER (WHERE service = 'test'),"
                    + " count(logger) FROM monitoring.logs"))
        .containsExactly(List.of("1", "5000", "5000"));
    assertThat(db.query("SELECT DISTINCT host FROM monitoring.logs"))
        .as("the journal told it, though nobody had set it")
        .containsExactly(List.of(InetAddress.getLocalHost().getHostName()));
    assertOrderIsKept();
    assertThat(directory.resolve("test/journal")).isEmptyDirectory();
  }

  @Test
  void aCommitThatNobodyHeardOfIsNotWrittenTwiceByTheNextStart() throws IOException {
    settings.put("journal", "always");
    settings.put("shutdownTimeout", "0");
    NumberedEvents first = start();
    first.log(500);
    first.awaitWritten();
    // As if the process had been killed before it heard of the commit: its segments are still here.
    Path folder = segments().get(0).getParent();
    Path copy = Files.createDirectories(directory.resolve("copy"));
    for (Path segment : segments()) {
      Files.copy(segment, copy.resolve(segment.getFileName()));
    }
    first.close();
    Files.createDirectories(folder);
    try (Stream<Path> copies = Files.list(copy)) {
      for (Path segment : copies.toList()) {
        Files.move(segment, folder.resolve(segment.getFileName()));
      }
    }
    try (NumberedEvents second = start()) {
      second.awaitTold("0 events that a former start had left were written");
      assertThat(second.stats().adopted()).isZero();
    }
    assertThat(db.count("SELECT count(*) FROM monitoring.logs")).isEqualTo(500);
  }

  @Test
  void aServerThatWentBackGetsAgainWhatTheJournalHasKept() {
    settings.put("journal", "always");
    try (NumberedEvents events = start()) {
      for (int i = 0; i < 20; i++) {
        events.logAndAwait();
      }
      // What a standby that had not heard of the last five batches is promoted with.
      db.execute("DELETE FROM monitoring.log_events WHERE seq > 15");
      db.execute("DELETE FROM monitoring.call_sites");
      db.execute("UPDATE monitoring.instances SET last_batch = last_batch - 5");
      events.logAndAwait();

      events.assertEachIsThereOnce(db);
      events.awaitTold("the database has gone back from batch", "; 5 events");
    }
    assertOrderIsKept();
  }

  @Test
  void aServerThatWentBackBeyondWhatIsKeptIsToldOf() {
    try (NumberedEvents events = start()) {
      for (int i = 0; i < 5; i++) {
        events.logAndAwait();
      }
      db.execute("DELETE FROM monitoring.log_events; DELETE FROM monitoring.instances");
      events.log();
      soon().until(() -> db.count("SELECT count(*) FROM monitoring.log_events") == 1);
      events.awaitTold("the database has gone back from batch 5 to batch 0", "; 0 events");
    }
  }

  @Test
  void aJournalThatIsFullRefusesAndThePolicyOfTheRingDecides() throws IOException {
    settings.put("journalMaxSize", "1 MiB");
    settings.put("onFullTimeout", "1 ms");
    proxy.refuse();
    try (NumberedEvents events = start()) {
      soon()
          .until(
              () -> {
                events.offer(1000);
                return events.stats().lost(LossCause.TIMEOUT, Level.INFO) > 0;
              });
      events.awaitTold("the journal takes nothing", "journalMaxSize");
      assertThat(segments()).hasSize(4);
      proxy.accept();
      events.assertBalanced(db);
    }
  }

  @Test
  void aJournalThatDropsTheOldestCountsThem() throws IOException {
    settings.put("journalMaxSize", "1 MiB");
    settings.put("onJournalFull", "drop_oldest");
    proxy.refuse();
    try (NumberedEvents events = start()) {
      events.log(3 * MORE_THAN_MEMORY_HOLDS);
      events.awaitTold("the journal is full; its oldest");
      soon().until(() -> events.stats().lost(LossCause.JOURNAL_FULL, Level.INFO) > 0);
      assertThat(segments()).hasSizeLessThanOrEqualTo(4);
      proxy.accept();
      events.assertBalanced(db);
    }
  }

  @Test
  void aFolderThatCanNotBeMadeIsToldOfAtTheStart() throws IOException {
    Files.writeString(directory.resolve("test"), "a file in the way");
    try (NumberedEvents events = start()) {
      events.awaitTold("setting 'directory'", "must be a folder that can be written to");
      events.log(100);
      events.assertEachIsThereOnce(db);
    }
  }

  @Test
  void twoStartsShareADirectory() {
    settings.put("journal", "always");
    try (NumberedEvents one = start();
        NumberedEvents other = start()) {
      one.log(100);
      other.log(200);
      one.awaitWritten();
      other.awaitWritten();
      assertThat(one.stats().adopted() + other.stats().adopted()).isZero();
    }
    assertThat(db.query("SELECT count(*) FROM monitoring.logs GROUP BY instance_id ORDER BY 1"))
        .containsExactly(List.of("100"), List.of("200"));
  }

  @Test
  void theEmptyFolderOfAStartThatWasKilledIsSweptAway() throws IOException {
    Path killed = Files.createDirectories(directory.resolve("test/journal/0000000000000815"));
    Files.createFile(killed.resolve("lock"));
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    try (NumberedEvents events = start()) {
      soon().until(() -> Files.notExists(killed));
      events.log(10);
      events.assertEachIsThereOnce(db);
    }
  }

  @Test
  void aDamagedFrameCostsItselfAndIsCountedByLevel() throws IOException {
    proxy.refuse();
    settings.put("shutdownTimeout", "0");
    try (NumberedEvents events = start()) {
      events.log(MORE_THAN_MEMORY_HOLDS);
      awaitJournaled(events, MORE_THAN_MEMORY_HOLDS / 2);
      // Of a segment that nobody reads yet: somewhere in the middle of a frame.
      Path damaged = segments().get(3);
      try (var file = new java.io.RandomAccessFile(damaged.toFile(), "rw")) {
        file.seek(100_000);
        file.write(new byte[] {1, 2, 3});
      }
      proxy.accept();
      soon()
          .untilAsserted(
              () ->
                  assertThat(events.stats().lost(LossCause.JOURNAL_DAMAGED, Level.INFO))
                      .as("%s %s", events.stats(), events.problems())
                      .isPositive());
      events.assertBalanced(db);
      assertThat(events.stats().dropped()).isLessThan(1000);
      assertThat(directory.resolve("test/journal/damaged")).isNotEmptyDirectory();
      events.awaitTold("are damaged and kept in");
    }
  }
}
