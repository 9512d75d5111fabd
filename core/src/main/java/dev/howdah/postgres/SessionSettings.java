package dev.howdah.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the server is told about each transaction of ours, so that one whose client has died without
 * a word is given up within seconds, not after TCP's hours: its retry waits for that verdict.
 *
 * <p>For one transaction only (SET LOCAL), since behind PgBouncer the session is somebody else's
 * next. Servers differ in what they know: PostgreSQL 14 has all of these, on Windows one is
 * refused.
 */
final class SessionSettings {

  private SessionSettings() {}

  /**
   * Asks a server which settings it takes.
   *
   * @param connection a connection in autoCommit mode
   * @param lockTimeout longest wait for a lock, in milliseconds
   * @param silence after which a silent client is given up, in milliseconds
   * @return statements, each ended by a semicolon, to be run first in a transaction
   * @throws SQLException when the connection broke
   */
  static String supportedBy(Connection connection, long lockTimeout, long silence)
      throws SQLException {
    StringBuilder statements = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, Long> setting : wanted(lockTimeout, silence).entrySet()) {
        if (takes(statement, setting.getKey(), setting.getValue())) {
          statements.append("SET LOCAL %s = %d; ".formatted(setting.getKey(), setting.getValue()));
        }
      }
    }
    return statements.toString();
  }

  private static Map<String, Long> wanted(long lockTimeout, long silence) {
    long seconds = Math.max(1, silence / 1000);
    Map<String, Long> wanted = new LinkedHashMap<>();
    wanted.put("lock_timeout", lockTimeout);
    wanted.put("idle_in_transaction_session_timeout", silence);
    // While COPY waits for its client: probed after a third, given up after all of the time.
    wanted.put("tcp_keepalives_idle", Math.max(1, seconds / 3));
    wanted.put("tcp_keepalives_interval", Math.max(1, seconds / 6));
    wanted.put("tcp_keepalives_count", 4L);
    // While the server has sent something that nobody acknowledges.
    wanted.put("tcp_user_timeout", silence);
    // While a statement runs or waits for a lock.
    wanted.put("client_connection_check_interval", silence / 3);
    return wanted;
  }

  private static boolean takes(Statement statement, String name, long value) throws SQLException {
    try {
      // For the one transaction of this statement: it only shows whether name and value are taken.
      statement.execute("SELECT set_config('%s', '%d', true)".formatted(name, value));
      return true;
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.startsWith("22") || state.startsWith("42")) {
        return false;
      }
      throw e;
    }
  }
}
