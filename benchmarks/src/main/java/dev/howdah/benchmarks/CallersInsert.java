package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** An INSERT into Howdah's table by the caller itself, committed before the call returns. */
final class CallersInsert implements Insertion {

  static final String NAME = "INSERT by the caller";

  private static final String SQL =
      """
      INSERT INTO monitoring.log_events
        (logged_at, instance_id, seq, site_id, level, thread, message, context)
      VALUES (clock_timestamp(), 1, ?, 1, ?, ?, ?, '{"duration_ms": 12}')
      """;

  private final HikariDataSource pool;
  private final AtomicLong sequence = new AtomicLong();

  CallersInsert(TestDatabase database) {
    pool = JdbcPool.open(database);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void warn(String message) {
    insert("WARN", message);
  }

  @Override
  public void info() {
    insert("INFO", "payment of 12.50 for order 4711 accepted");
  }

  private void insert(String level, String message) {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert = connection.prepareStatement(SQL)) {
      insert.setLong(1, sequence.incrementAndGet());
      insert.setString(2, level);
      insert.setString(3, Thread.currentThread().getName());
      insert.setString(4, message);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
