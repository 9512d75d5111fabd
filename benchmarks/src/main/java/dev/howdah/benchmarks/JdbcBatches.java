package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.encode.RowEncoder;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are in memory already, inserted by {@code addBatch} into Howdah's own table, in
 * transactions of Howdah's size: what JDBC can do when nothing else takes time.
 */
final class JdbcBatches implements Contender, AutoCloseable {

  static final String NAME = "JDBC batches";

  private static final String COLUMNS = String.join(", ", RowEncoder.COLUMNS);
  private static final String INSERT =
      "INSERT INTO monitoring.log_events (%s) VALUES (%s)"
          .formatted(COLUMNS, "?, ".repeat(RowEncoder.COLUMNS.size() - 1) + "?");

  private final HikariDataSource pool;
  private final List<List<@Nullable String>> rows;
  private final int transactionRows;

  private JdbcBatches(
      HikariDataSource pool, List<List<@Nullable String>> rows, int transactionRows) {
    this.pool = pool;
    this.rows = rows;
    this.transactionRows = transactionRows;
  }

  /**
   * Takes rows that are in the table now: the very same that Howdah wrote.
   *
   * @param events how many
   * @param raw whose transactions' size is taken
   */
  static JdbcBatches ofRowsIn(TestDatabase database, int events, RawCopy raw) {
    String sql = "SELECT %s FROM monitoring.log_events ORDER BY seq LIMIT %d";
    return new JdbcBatches(
        JdbcPool.open(database),
        database.query(sql.formatted(COLUMNS, events)),
        raw.transactionRows());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int events() {
    return rows.size();
  }

  @Override
  public void write() throws SQLException {
    for (int from = 0; from < rows.size(); from += transactionRows) {
      int to = Math.min(rows.size(), from + transactionRows);
      try (Connection connection = pool.getConnection();
          PreparedStatement insert = connection.prepareStatement(INSERT)) {
        connection.setAutoCommit(false);
        for (List<@Nullable String> row : rows.subList(from, to)) {
          add(insert, row);
        }
        insert.executeBatch();
        connection.commit();
      }
    }
  }

  private static void add(PreparedStatement insert, List<@Nullable String> row)
      throws SQLException {
    for (int column = 0; column < row.size(); column++) {
      insert.setString(column + 1, row.get(column));
    }
    insert.addBatch();
  }

  @Override
  public void close() {
    pool.close();
  }
}
