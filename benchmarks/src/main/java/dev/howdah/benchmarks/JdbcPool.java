package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.TestDatabase;

/** Pools of connections to a benchmark's database. */
final class JdbcPool {

  private static final String PARAMETERS =
      // One INSERT of many rows in place of many; text goes into columns of any type.
      "reWriteBatchedInserts=true&stringtype=unspecified";

  private JdbcPool() {}

  /**
   * As an application has it; the caller closes it.
   *
   * @param connections the most that are open at once
   */
  static HikariDataSource plain(TestDatabase database, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.username());
    config.setPassword(database.password());
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  /** For peers that insert, set up as well as their users could; the caller closes it. */
  static HikariDataSource open(TestDatabase database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(database.url() + (database.parameters().isEmpty() ? "?" : "&") + PARAMETERS);
    pool.setUsername(database.username());
    pool.setPassword(database.password());
    return pool;
  }
}
