package dev.howdah.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.event.HowdahThreads;

/**
 * Howdah's own small HikariCP pool: a connection for the writer, one for maintenance. Its threads
 * are ours, so that nothing it logs comes back into the ring.
 */
public final class OwnPool extends HikariDataSource {

  private static final int MAX_CONNECTIONS = 2;

  private OwnPool(HikariConfig config) {
    super(config);
  }

  /**
   * Opens the pool; does not connect yet.
   *
   * @param given what the user set; url, user and password included
   * @param connectionTimeout longest wait for a connection, in milliseconds
   * @param socketTimeout longest wait for an answer of the server, in milliseconds
   * @return the pool
   */
  public static OwnPool open(HikariConfig given, long connectionTimeout, long socketTimeout) {
    HikariConfig config = new HikariConfig();
    given.copyStateTo(config);
    if (config.getPoolName() == null) {
      config.setPoolName("howdah");
    }
    if (config.getMaximumPoolSize() == new HikariConfig().getMaximumPoolSize()) {
      config.setMaximumPoolSize(MAX_CONNECTIONS);
    }
    if (config.getTransactionIsolation() == null) {
      // Not left to be detected: HikariCP 7.1.0 asks the first connection only, and when that one
      // breaks meanwhile it refuses every later one ("isolation level -1"), for ever.
      config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(Math.max(250, connectionTimeout));
    config.setThreadFactory(work -> HowdahThreads.create("pool", work));
    config.addDataSourceProperty("ApplicationName", "howdah");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", seconds(connectionTimeout));
    config.addDataSourceProperty("socketTimeout", seconds(socketTimeout));
    // PgBouncer in transaction mode: no statement may outlive its transaction on the server.
    config.addDataSourceProperty("prepareThreshold", "0");
    return new OwnPool(config);
  }

  private static String seconds(long millis) {
    return Long.toString(Math.max(1, (millis + 999) / 1000));
  }
}
