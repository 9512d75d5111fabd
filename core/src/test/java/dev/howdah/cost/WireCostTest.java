package dev.howdah.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.ThrowableInfo;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.testkit.Direction;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.ProxiedConnection;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch costs between application and server, counted on the wire. */
@PostgresTest
class WireCostTest {

  /** Of a pool's idle connection it is first asked whether it lives: that is no cost of a batch. */
  private static final int TRIES = 5;

  @TempDir Path directory;
  private final TestDatabase db;
  private final FixedEvents events = new FixedEvents();
  private FaultyProxy proxy;
  private MeasuredHowdah howdah;
  private int sites;
  private int bugs;

  WireCostTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void start() throws Exception {
    proxy = new FaultyProxy(db.host(), db.port());
    String url = "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name();
    howdah = new MeasuredHowdah(url, db, directory);
    // From here on the schema is there, and the call sites are known.
    events.log(howdah.pipeline(), 20);
    howdah.flush();
  }

  @AfterEach
  void stop() throws IOException {
    howdah.close();
    proxy.close();
  }

  @Test
  void aRowOfAFullBatchTakesFewBytes() throws Exception {
    int rows = 2_000;
    long batches = howdah.batches();

    long bytes = cost(c -> c.passed(Direction.TO_SERVER), () -> events.log(pipeline(), rows));

    assertThat(howdah.batches() - batches).as("batches").isEqualTo(TRIES);
    assertAtMost("bytes per row, from the application to the server", bytes / rows, 230);
  }

  @Test
  void aBatchOfOneEventTakesFewBytesBesideItsRow() throws Exception {
    long sent = cost(c -> c.passed(Direction.TO_SERVER), () -> events.log(pipeline(), 1));
    long received = cost(c -> c.passed(Direction.TO_CLIENT), () -> events.log(pipeline(), 1));

    assertAtMost("bytes to the server, of a batch with one event", sent, 1_230);
    assertAtMost("bytes of its answers", received, 440);
  }

  @Test
  void aBatchOfLogEventsTakesFourRoundTrips() throws Exception {
    // offer_batch; COPY and its end; commit.
    assertRoundTrips("log events", 4, () -> events.log(pipeline(), 100));
  }

  @Test
  void aNewCallSiteTakesOneMore() throws Exception {
    assertRoundTrips("log events, one of a new call site", 5, this::logAtNewSite);
  }

  @Test
  void aKnownErrorTakesThreeMore() throws Exception {
    IllegalStateException known = new IllegalStateException("no stock");
    log("known", known);
    howdah.flush();

    // COPY of the occurrence and its end; record_errors.
    assertRoundTrips("an error that is known", 7, () -> log("known", known));
  }

  @Test
  void aNewErrorTakesOneMoreThanAKnownOne() throws Exception {
    assertRoundTrips("an error that is new", 8, this::logNewBug);
  }

  private EventPipeline pipeline() {
    return howdah.pipeline();
  }

  private void logAtNewSite() {
    log("com.example.NewSite" + ++sites, null, null);
  }

  private void logNewBug() {
    String bug = "bug " + ++bugs;
    log(bug, new IllegalStateException(bug));
  }

  private void log(String fingerprint, Throwable throwable) {
    log("com.example.shop.Stock", throwable, fingerprint);
  }

  private void log(String logger, @Nullable Throwable throwable, @Nullable String fingerprint) {
    long sequence = pipeline().claim(Level.ERROR, 10_000);
    assertThat(sequence).isNotEqualTo(EventPipeline.REFUSED);
    LogEventSlot slot = pipeline().slot(sequence);
    slot.head(Level.ERROR, System.currentTimeMillis() * 1000, logger, "main");
    slot.message("failed", null);
    if (throwable != null) {
      slot.throwable(ThrowableInfo.of(throwable, 10_000));
      slot.keyValue("fingerprint", fingerprint);
    }
    slot.filled();
    pipeline().publish(sequence);
  }

  private void assertRoundTrips(String of, long allowed, Runnable logging) throws Exception {
    assertAtMost(
        "round trips of a batch of " + of, cost(ProxiedConnection::roundTrips, logging), allowed);
  }

  /** The least that one of some batches adds to what is counted on all connections. */
  private long cost(ToLongFunction<ProxiedConnection> counted, Runnable logging) throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long before = proxy.connections().stream().mapToLong(counted).sum();
      logging.run();
      howdah.flush();
      least = Math.min(least, proxy.connections().stream().mapToLong(counted).sum() - before);
    }
    return least;
  }

  private static void assertAtMost(String what, long measured, long allowed) {
    assertThat(measured)
        .as("%s: measured %d, allowed %d", what, measured, allowed)
        .isPositive()
        .isLessThanOrEqualTo(allowed);
  }
}
