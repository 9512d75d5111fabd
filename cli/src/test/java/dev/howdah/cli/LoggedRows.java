package dev.howdah.cli;

import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** An instance that writes rows as Howdah does, each batch in a transaction that may take long. */
final class LoggedRows implements AutoCloseable {

  private final Connection connection;
  private final long instance;

  private LoggedRows(Connection connection, long instance) {
    this.connection = connection;
    this.instance = instance;
  }

  /** Starts an instance of a service in the environment {@code test}. */
  static LoggedRows of(TestDatabase db, String service) throws SQLException {
    long instance = db.count("SELECT count(*) + 1 FROM monitoring.instances");
    db.execute(
        "SELECT monitoring.register_instance(%d, '%s', 'test', '1.0', 'h', 7, now(), 0)"
            .formatted(instance, service));
    db.execute(
        """
        INSERT INTO monitoring.call_sites (site_id, logger) VALUES (11, 'shop.Checkout')
        ON CONFLICT DO NOTHING
        """);
    Connection connection = db.connect();
    connection.setAutoCommit(false);
    return new LoggedRows(connection, instance);
  }

  /** Writes a row; others see it with {@link #commit}. */
  LoggedRows row(long seq, String loggedAt, String level, String message) throws SQLException {
    execute(
        """
        INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id, message)
        VALUES (%s, %d, %d, '%s', 11, '%s')
        """
            .formatted(loggedAt, instance, seq, level, message));
    return this;
  }

  /** Runs a statement in the same transaction, with {@code :instance} in it. */
  LoggedRows execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.replace(":instance", Long.toString(instance)));
    }
    return this;
  }

  /** Ends the batch. */
  void commit() throws SQLException {
    execute(
        """
        UPDATE monitoring.instances SET last_batch = last_batch + 1, last_batch_at = now()
        WHERE instance_id = :instance
        """);
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
