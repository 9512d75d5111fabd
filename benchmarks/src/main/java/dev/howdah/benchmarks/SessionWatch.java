package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks every 20 ms at what Howdah's sessions of a database do: how many there are, how many are in
 * a transaction, how many of those wait for a lock. Its own session's processor time is known, so
 * that it can be left out.
 */
final class SessionWatch implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Where nobody can look into the server's processes: what a backend commonly has. */
  private static final double ASSUMED_MEMORY = 8 << 20;

  private static final String LOOK =
      """
      SELECT count(*),
             count(*) FILTER (WHERE state <> 'idle'),
             count(*) FILTER (WHERE wait_event_type = 'Lock'),
             (SELECT coalesce(max(n), 0)
              FROM (SELECT count(*) AS n FROM pg_locks l
                    JOIN pg_stat_activity b ON b.pid = l.pid AND b.application_name = 'howdah'
                    GROUP BY l.pid) held)
      FROM pg_stat_activity
      WHERE application_name = 'howdah'
        AND datname = current_database()
      """;

  private final TestDatabase database;
  private final Connection connection;
  private final long pid;
  private final Thread thread = new Thread(this::lookUntilClosed, "session-watch");
  private volatile boolean closed;
  private volatile @Nullable SQLException failure;
  private long looks;
  private long sessions;
  private long busy;
  private long waiting;
  private long locks;

  SessionWatch(TestDatabase database) throws SQLException {
    this.database = database;
    connection = database.connect();
    try (ResultSet result = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
      result.next();
      pid = result.getLong(1);
    }
    thread.setDaemon(true);
    thread.start();
  }

  /** {@return seconds of processor time that its own session has taken; 0 where nobody knows} */
  double ownCpuSeconds() {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(duration -> duration.toNanos() / 1e9)
        .orElse(0.0);
  }

  /** Forgets what was seen. */
  synchronized void restart() {
    looks = 0;
    sessions = 0;
    busy = 0;
    waiting = 0;
    locks = 0;
  }

  /** {@return the most sessions at a time} */
  synchronized long sessions() {
    return sessions;
  }

  /** {@return sessions in a transaction, on average} */
  synchronized double busy() {
    return looks == 0 ? 0 : (double) busy / looks;
  }

  /** {@return of a hundred sessions seen in a transaction, how many waited for a lock} */
  synchronized double waitingPercent() {
    return busy == 0 ? 0 : 100.0 * waiting / busy;
  }

  /** {@return the most locks that one session held} */
  synchronized long locks() {
    return locks;
  }

  /** {@return private bytes of Howdah's backends, on average} */
  double memory() {
    return database
        .query("SELECT pid FROM pg_stat_activity WHERE application_name = 'howdah'")
        .stream()
        .mapToDouble(row -> privateBytes(String.valueOf(row.get(0))))
        .filter(bytes -> bytes > 0)
        .average()
        .orElse(ASSUMED_MEMORY);
  }

  private static double privateBytes(String pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", pid, "smaps_rollup"))) {
      return lines
              .filter(line -> line.startsWith("Private_Dirty:"))
              .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
              .sum()
          * 1024;
    } catch (IOException e) {
      return 0;
    }
  }

  private void lookUntilClosed() {
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      while (!closed) {
        look(statement);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (SQLException e) {
      failure = closed ? null : e; // close() breaks a look off.
    }
  }

  private void look(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      synchronized (this) {
        looks++;
        sessions = Math.max(sessions, result.getLong(1));
        busy += result.getLong(2);
        waiting += result.getLong(3);
        locks = Math.max(locks, result.getLong(4));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    connection.close();
    SQLException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
