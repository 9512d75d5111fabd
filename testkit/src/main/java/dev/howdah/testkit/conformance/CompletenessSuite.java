package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever many threads log is there, once and in each thread's order. */
@OneJdk
public abstract class CompletenessSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected CompletenessSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  /** One arbitrary event, a function of its thread's random numbers. */
  private record Event(
      Level level, String argument, String mdc, long number, String decimal, boolean flag) {

    private static final List<Level> LEVELS =
        List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR);

    static Event next(Random random) {
      return new Event(
          LEVELS.get(random.nextInt(LEVELS.size())),
          text(random),
          text(random),
          random.nextLong(),
          new BigDecimal(random.nextInt()).movePointLeft(random.nextInt(6)).toPlainString(),
          random.nextBoolean());
    }

    /** Any Unicode but NUL and lone surrogates, mostly short, now and then long. */
    private static String text(Random random) {
      int length = random.nextInt(1000) == 0 ? random.nextInt(3000) : random.nextInt(20);
      StringBuilder text = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        int kind = random.nextInt(10);
        int point =
            kind < 7
                ? 1 + random.nextInt(126)
                : kind < 9 ? 0x80 + random.nextInt(0xD700) : 0x10000 + random.nextInt(0xFFFFF);
        text.appendCodePoint(point);
      }
      return text.toString();
    }

    void log(Session session, int i) {
      session.mdc("mdc", mdc);
      // Not by Call's small steps, which copy: there are a million of these.
      Map<@Nullable String, @Nullable Object> keyValues = new LinkedHashMap<>();
      keyValues.put("number", number);
      keyValues.put("decimal", new BigDecimal(decimal));
      keyValues.put("flag", flag);
      keyValues.put("text", argument);
      List<@Nullable Object> arguments = List.of(i, argument);
      session.log(
          new Call(level, Call.LOGGER, "event {} says {}", arguments, null, keyValues, List.of()));
    }
  }

  /** What was logged is not kept but made again from the thread's seed, and all of it compared. */
  @Test
  void aMillionEventsAreThereOnceInOrderAndAsTheyWereLogged() throws Exception {
    int threads = 4;
    int each = 250_000;
    settings.put("onFull", "block");
    settings.put("onFullTimeout", "10 min");
    Session session = start();
    onThreads(
        threads,
        seed -> {
          Random random = new Random(seed);
          for (int i = 0; i < each; i++) {
            Event.next(random).log(session, i);
          }
        });
    awaitDrained(session);
    session.stop();

    assertBalanced(session);
    String last = Integer.toString(threads * each);
    assertThat(db.query("SELECT min(seq), max(seq) FROM " + schema + ".log_events"))
        .containsExactly(List.of("1", last));
    assertThat(compareRows(threads)).containsOnly(each).hasSize(threads);
  }

  /** Returns how many rows each thread has, each as it should be. */
  private int[] compareRows(int threads) throws SQLException {
    Random[] randoms = IntStream.range(0, threads).mapToObj(Random::new).toArray(Random[]::new);
    int[] compared = new int[threads];
    try (Connection connection = db.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(5000);
        ResultSet rows =
            statement.executeQuery(
                "SELECT level, message, context->>'mdc', context->>'text', context->>'number',"
                    + " context->>'decimal', context->>'flag',"
                    + " jsonb_typeof(context->'number') || jsonb_typeof(context->'decimal')"
                    + " || jsonb_typeof(context->'flag'), split_part(thread, '-', 2)::int FROM "
                    + logs()
                    + " ORDER BY seq");
        while (rows.next()) {
          int thread = rows.getInt(9);
          compareRow(Event.next(randoms[thread]), compared[thread]++, rows);
        }
      }
    }
    return compared;
  }

  // Plain comparisons: a million times AssertJ's objects would take longer than the logging.
  private static void compareRow(Event expected, int i, ResultSet row) throws SQLException {
    boolean same =
        expected.level().name().equals(row.getString(1))
            && ("event " + i + " says " + expected.argument()).equals(row.getString(2))
            && expected.mdc().equals(row.getString(3))
            && expected.argument().equals(row.getString(4))
            && Long.toString(expected.number()).equals(row.getString(5))
            && new BigDecimal(expected.decimal()).compareTo(row.getBigDecimal(6)) == 0
            && Boolean.toString(expected.flag()).equals(row.getString(7))
            && "numbernumberboolean".equals(row.getString(8));
    if (!same) {
      throw new AssertionError("row " + i + " is not " + expected + " but " + row.getString(2));
    }
  }

  @Test
  void eightThreadsThatWaitForRoomInASmallRingLoseAndReorderNothing() throws Exception {
    int each = 25_000;
    settings.put("onFull", "block");
    settings.put("onFullTimeout", "10 min");
    settings.put("ringSize", "64");
    settings.put("batchSize", "16 KiB");
    settings.put("maxMemory", "4 MiB");
    Session session = start();
    onThreads(
        8,
        thread -> {
          for (int i = 0; i < each; i++) {
            session.log(Level.INFO, "small.Ring", "event {}", i);
          }
        });
    awaitDrained(session);
    session.stop();

    assertBalanced(session);
    assertThat(session.counts().dropped()).isZero();
    assertThat(
            db.query(
                "SELECT thread, count(*), count(DISTINCT message) FROM "
                    + logs()
                    + " GROUP BY thread"))
        .hasSize(8)
        .allMatch(row -> row.subList(1, 3).equals(List.of("" + each, "" + each)));
    assertThat(
            db.count(
                "SELECT count(*) FROM (SELECT split_part(message, ' ', 2)::int - lag("
                    + "split_part(message, ' ', 2)::int, 1, -1) OVER (PARTITION BY thread"
                    + " ORDER BY seq) AS step FROM "
                    + logs()
                    + ") s WHERE step <> 1"))
        .as("events that don't follow the one before of their thread")
        .isZero();
  }
}
