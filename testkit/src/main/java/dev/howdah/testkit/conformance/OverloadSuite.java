package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server stops answering: a proxy in front of it stops reading. What the logging calls do then
 * is bounded in events and bytes, and every loss is counted by cause and level.
 */
@OneJdk
public abstract class OverloadSuite extends ConformanceSuite {

  private static final int RING = 64;

  private FaultyProxy proxy;

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected OverloadSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  @BeforeEach
  void standBetween() throws IOException {
    proxy = new FaultyProxy(db.host(), db.port());
    settings.put("url", "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
    settings.put("journal", "off");
    // The server may be away at the end of a test.
    settings.remove("shutdownTimeout");
    settings.put("ringSize", Integer.toString(RING));
    settings.put("maxMemory", "4 MiB");
    settings.put("batchSize", "64 KiB");
  }

  @AfterEach
  void stepAside() throws IOException {
    proxy.close();
  }

  /** Starts, and freezes the server as soon as the first event is in it. */
  private Session startFrozen() {
    Session session = start();
    session.log(Call.at(Level.INFO, "first"));
    awaitWritten(session, 1);
    proxy.pause();
    return session;
  }

  /** Logs until every batch is full, and the ring so full that this level is refused. */
  private static void fill(Session session, Level level) {
    String text = "z".repeat(1000);
    // For a while: a slow machine's writer may still be filling the connection's buffers.
    await()
        .during(Duration.ofMillis(300))
        .until(
            () -> {
              for (int i = 0; i < 10 * RING; i++) {
                session.log(level, Call.LOGGER, text);
              }
              return encoderWaitsForABatch();
            });
    for (int i = 0; i < 2 * RING; i++) {
      session.log(level, Call.LOGGER, text);
    }
  }

  private static boolean encoderWaitsForABatch() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("howdah-encoder"))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals("borrow"));
  }

  private void assertEverythingAddsUpOnceTheServerAnswers(Session session) {
    proxy.resume();
    awaitDrained(session);
    session.stop();
    assertBalanced(session);
  }

  @Test
  void dropLosesWhatFindsNoRoomWhateverItsLevelAndNeverWaits() {
    settings.put("onFull", "drop");
    // A call that waited would wait for the whole of this.
    settings.put("onFullTimeout", "1 h");
    Session session = startFrozen();
    fill(session, Level.INFO);
    fill(session, Level.ERROR);

    assertThat(session.counts().lost("FULL", "INFO")).isPositive();
    assertThat(session.counts().lost("FULL", "ERROR")).isPositive();
    assertThat(session.counts().lost("TIMEOUT", "ERROR")).isZero();
    assertEverythingAddsUpOnceTheServerAnswers(session);
  }

  @Test
  void shedKeepsRoomForWarningsAndLosesWhatIsBelowFirst() {
    settings.put("onFullTimeout", "20 ms");
    Session session = startFrozen();
    fill(session, Level.INFO);
    assertThat(session.counts().lost("FULL", "INFO")).isPositive();

    int reserve = RING / 5;
    for (int i = 0; i < reserve; i++) {
      session.log(Call.at(Level.WARN, "there is room for this one"));
    }
    assertThat(session.counts().lost("FULL", "WARN")).isZero();
    fill(session, Level.WARN);
    assertThat(session.counts().lost("TIMEOUT", "WARN")).as("a WARN never waits").isZero();
    assertEverythingAddsUpOnceTheServerAnswers(session);
    assertThat(
            db.count(
                "SELECT count(*) FROM " + logs() + " WHERE message = 'there is room for this one'"))
        .isEqualTo(reserve);
  }

  @Test
  void shedLetsOneErrorWaitInVainAndNotEachOfThem() {
    settings.put("onFullTimeout", "20 ms");
    Session session = startFrozen();
    fill(session, Level.WARN);
    for (int i = 0; i < 1000; i++) {
      session.log(Level.ERROR, Call.LOGGER, "error {}", i);
    }
    assertThat(session.counts().lost("TIMEOUT", "ERROR")).isEqualTo(1);
    assertThat(session.counts().lost("FULL", "ERROR")).isEqualTo(999);
    assertEverythingAddsUpOnceTheServerAnswers(session);
  }

  @Test
  void blockEndsAtItsTimeoutAndGoesOnWhenThereIsRoomAgain() {
    settings.put("onFull", "block");
    settings.put("onFullTimeout", "1 ms");
    Session session = startFrozen();
    fill(session, Level.DEBUG);

    assertThat(session.counts().lost("TIMEOUT", "DEBUG"))
        .isPositive()
        .isEqualTo(session.counts().dropped());
    assertEverythingAddsUpOnceTheServerAnswers(session);
  }

  @Test
  void anInterruptedThreadStillWaitsAndStaysInterrupted() {
    settings.put("onFull", "block");
    settings.put("onFullTimeout", "1 ms");
    Session session = startFrozen();
    fill(session, Level.INFO);
    long timeouts = session.counts().lost("TIMEOUT", "INFO");
    Thread.currentThread().interrupt();
    session.log(Call.at(Level.INFO, "from an interrupted thread"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(session.counts().lost("TIMEOUT", "INFO")).isEqualTo(timeouts + 1);
    assertEverythingAddsUpOnceTheServerAnswers(session);
  }

  @Test
  void memoryIsBoundedWhateverIsLogged() {
    settings.put("onFull", "drop");
    settings.put("ringSize", "8192");
    settings.put("maxMemory", "16 MiB");
    settings.put("batchSize", "1 MiB");
    Session session = startFrozen();
    long before = usedHeap();
    for (int i = 0; i < 20_000; i++) {
      session.log(
          Call.at(Level.INFO, "m".repeat(100_000))
              .keyValue("text", "k".repeat(30_000))
              .cause(new IllegalStateException("c".repeat(30_000))));
    }
    long kept = usedHeap() - before;
    assertThat(session.counts().pending()).isPositive();
    assertThat(kept).as("bytes kept alive of 3 GB that were logged").isLessThan(20L << 20);
    assertEverythingAddsUpOnceTheServerAnswers(session);
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void lossesAreToldByARow() {
    settings.put("onFull", "drop");
    Session session = startFrozen();
    fill(session, Level.INFO);
    fill(session, Level.ERROR);
    assertEverythingAddsUpOnceTheServerAnswers(session);

    Counts counts = session.counts();
    assertThat(
            db.query(
                "SELECT level, sum((context->>'dropped.FULL.INFO')::int),"
                    + " sum((context->>'dropped.FULL.ERROR')::int) FROM "
                    + logs()
                    + " WHERE logger = 'dev.howdah' GROUP BY level"))
        .containsExactly(
            List.of("WARN", "" + counts.lost("FULL", "INFO"), "" + counts.lost("FULL", "ERROR")));
    assertThat(db.count("SELECT dropped FROM " + schema + ".instances"))
        .isEqualTo(counts.dropped());
  }
}
