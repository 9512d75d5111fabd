package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.TestDatabase;

/** Connections for peers that insert by JDBC, set up as well as their users could. */
final class JdbcPool {

  private static final String PARAMETERS =
      // One INSERT of many rows in place of many; text goes into columns of any type.
      "reWriteBatchedInserts=true&stringtype=unspecified";

  private JdbcPool() {}

  /** Opens a pool; the caller closes it. */
  static HikariDataSource open(TestDatabase database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(database.url() + (database.parameters().isEmpty() ? "?" : "&") + PARAMETERS);
    pool.setUsername(database.username());
    pool.setPassword(database.password());
    return pool;
  }
}
