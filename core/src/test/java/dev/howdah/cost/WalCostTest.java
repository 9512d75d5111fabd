package dev.howdah.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server writes ahead for an event and for a batch, all indexes included. Without images
 * of whole pages, which depend on when the last checkpoint was, and without anybody else's work.
 */
class WalCostTest {

  private static final int EVENTS = 20_000;
  private static final int BATCHES = 200;

  @TempDir Path directory;
  private final FixedEvents events = new FixedEvents();
  private EmbeddedServer server;
  private TestDatabase db;
  private MeasuredHowdah howdah;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedServer.start(Map.of("full_page_writes", "off", "autovacuum", "off"));
    db = server.root();
    howdah = new MeasuredHowdah(db.url(), db, directory);
    events.log(howdah.pipeline(), 1);
    howdah.flush();
    db.execute("SELECT monitoring.maintain()");
    // So that the pages which are the first of something are there.
    log(1_000);
  }

  @AfterEach
  void stop() {
    howdah.close();
    server.close();
  }

  @Test
  void anEventInAFullBatchAndABatchOfOneEventWriteLittleAhead() throws Exception {
    long start = position();
    log(EVENTS);
    long perEvent = (position() - start) / EVENTS;

    start = position();
    for (int i = 0; i < BATCHES; i++) {
      log(1);
    }
    long perBatch = (position() - start) / BATCHES;

    assertAtMost("bytes of WAL per event", perEvent, 340);
    assertAtMost("bytes of WAL per batch of one event", perBatch, 540);
  }

  private void log(int count) throws InterruptedException {
    events.log(howdah.pipeline(), count);
    howdah.flush();
  }

  private long position() {
    return db.count("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
  }

  private static void assertAtMost(String what, long measured, long allowed) {
    assertThat(measured)
        .as("%s: measured %d, allowed %d", what, measured, allowed)
        .isPositive()
        .isLessThanOrEqualTo(allowed);
  }
}
