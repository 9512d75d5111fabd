package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings events into a table, one after the other with random pauses, and looks in a session of its
 * own until each is there. One that never comes ends the run.
 */
final class VisibleRows implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final int PAUSE_MILLIS = 100;

  /** Of the small index of WARN and above; the load is below. */
  private static final String LOOK =
      "SELECT 1 FROM %s WHERE level >= 'WARN' AND logged_at >= ? AND message = ?";

  private final Random random = new Random(42);
  private final Connection session;

  VisibleRows(TestDatabase database) throws SQLException {
    session = database.connect();
  }

  /**
   * What was seen of many events, rising.
   *
   * @param visible milliseconds from before the call until another session has seen the row
   * @param call microseconds that the call took
   */
  record Times(List<Double> visible, List<Double> call) {}

  /** Brings a number of events there. */
  Times of(Insertion insertion, int events) throws SQLException, InterruptedException {
    List<Double> visible = new ArrayList<>();
    List<Double> call = new ArrayList<>();
    try (PreparedStatement look = session.prepareStatement(LOOK.formatted(insertion.table()))) {
      for (int i = 0; i < events; i++) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS));
        String message = "event " + random.nextLong();
        // The clock of Logback's events has milliseconds only.
        look.setTimestamp(1, Timestamp.from(Instant.now().minusMillis(10)));
        look.setString(2, message);
        long start = System.nanoTime();
        insertion.warn(message);
        call.add((System.nanoTime() - start) / 1e3);
        await(look, start);
        visible.add((System.nanoTime() - start) / 1e6);
      }
    }
    return new Times(visible.stream().sorted().toList(), call.stream().sorted().toList());
  }

  private static void await(PreparedStatement look, long start) throws SQLException {
    while (!finds(look)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("an event never became visible");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static boolean finds(PreparedStatement look) throws SQLException {
    try (ResultSet row = look.executeQuery()) {
      return row.next();
    }
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
