package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.TestDatabase;

/** What {@link CacheComparison} measures in PostgreSQL, through a pool of its own. */
abstract class PostgresPeer implements CachePeer {

  /** Closed with the peer. */
  final HikariDataSource pool;

  private final String label;
  private final ServerCpu cpu;

  PostgresPeer(String label, TestDatabase database, int connections) {
    this.label = label;
    cpu = ServerCpu.of(database);
    pool = JdbcPool.plain(database, connections);
  }

  @Override
  public final String label() {
    return label;
  }

  @Override
  public final double serverCpuSeconds() {
    return cpu.seconds();
  }

  @Override
  public void close() {
    pool.close();
  }
}
