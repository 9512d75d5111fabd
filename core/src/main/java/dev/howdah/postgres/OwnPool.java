package dev.howdah.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.howdah.event.HowdahThreads;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Howdah's own small HikariCP pool: a connection each for the writer, for maintenance and for what
 * former starts have left. Its threads are ours, so that nothing it logs comes back into the ring.
 *
 * <p>What the user set in HikariCP's own configuration goes before Howdah's settings and defaults,
 * with two exceptions that a start without a database depends on: threads, and that opening never
 * connects.
 */
public final class OwnPool extends HikariDataSource {

  private static final int MAX_CONNECTIONS = 3;
  private static final String READ_ONLY = "25006";

  private final String shownUrl;

  private OwnPool(HikariConfig config, String shownUrl) {
    super(config);
    this.shownUrl = shownUrl;
  }

  /**
   * Opens the pool; does not connect yet.
   *
   * @param given what the user set; url, user and password included
   * @param shownUrl the url without its secrets, for messages
   * @param connectionTimeout longest wait for a connection, in milliseconds
   * @param socketTimeout longest wait for an answer of the server, in milliseconds
   * @return the pool
   */
  public static OwnPool open(
      HikariConfig given, String shownUrl, long connectionTimeout, long socketTimeout) {
    HikariConfig untouched = new HikariConfig();
    HikariConfig config = new HikariConfig();
    given.copyStateTo(config);
    if (config.getPoolName() == null) {
      config.setPoolName("howdah");
    }
    if (config.getMaximumPoolSize() == untouched.getMaximumPoolSize()) {
      config.setMaximumPoolSize(MAX_CONNECTIONS);
    }
    if (config.getMinimumIdle() == untouched.getMinimumIdle()) {
      config.setMinimumIdle(0);
    }
    if (config.getConnectionTimeout() == untouched.getConnectionTimeout()) {
      config.setConnectionTimeout(connectionTimeout);
    }
    if (config.getTransactionIsolation() == null) {
      // Not left to be detected: HikariCP 7.1.0 asks the first connection only, and when that one
      // breaks meanwhile it refuses every later one ("isolation level -1"), for ever.
      config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }
    if (config.getExceptionOverride() == null && config.getExceptionOverrideClassName() == null) {
      config.setExceptionOverride(new LeaveReadOnlyServers());
    }
    config.setInitializationFailTimeout(-1);
    config.setThreadFactory(work -> HowdahThreads.create("pool", work));
    Properties driver = config.getDataSourceProperties();
    driver.putIfAbsent("ApplicationName", "howdah");
    driver.putIfAbsent("tcpKeepAlive", "true");
    driver.putIfAbsent("connectTimeout", seconds(connectionTimeout));
    driver.putIfAbsent("socketTimeout", seconds(socketTimeout));
    // PgBouncer in transaction mode: no statement may outlive its transaction on the server.
    driver.putIfAbsent("prepareThreshold", "0");
    return new OwnPool(config, shownUrl);
  }

  /**
   * A server that became read-only, such as a primary that was replaced, keeps our connections. The
   * pool throws them away, so that the next one is looked for anew, among all hosts of the url.
   */
  private static final class LeaveReadOnlyServers implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException e) {
      return READ_ONLY.equals(e.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
  }

  /** The url without its secrets. */
  String shownUrl() {
    return shownUrl;
  }

  private static String seconds(long millis) {
    return Long.toString(Math.max(1, (millis + 999) / 1000));
  }
}
