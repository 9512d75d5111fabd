package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import dev.howdah.HowdahConfig;
import dev.howdah.encode.RowEncoder;
import dev.howdah.postgres.OwnPool;
import dev.howdah.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * The yardstick: rows that are in memory already, as bytes of COPY BINARY, sent as they are, over a
 * connection like Howdah's, in transactions of Howdah's size. Nobody who uses COPY is faster.
 */
final class RawCopy implements Contender, AutoCloseable {

  static final String NAME = "raw COPY";

  private static final int HEADER_BYTES = 19;
  private static final byte[] TRAILER = {-1, -1};
  private static final String COLUMNS = String.join(", ", RowEncoder.COLUMNS);
  private static final String WRITTEN =
      "SELECT " + COLUMNS + " FROM monitoring.log_events ORDER BY seq";

  private final OwnPool pool;
  private final List<byte[]> transactions;
  private final int events;

  private RawCopy(OwnPool pool, List<byte[]> transactions, int events) {
    this.pool = pool;
    this.transactions = transactions;
    this.events = events;
  }

  /** Takes the rows that are in the table now: the very same that Howdah wrote. */
  static RawCopy ofRowsIn(TestDatabase database) throws SQLException {
    HowdahConfig defaults = HowdahConfig.builder().set("url", database.url()).build();
    HikariConfig hikari = new HikariConfig();
    hikari.setJdbcUrl(database.url());
    hikari.setUsername(database.username());
    hikari.setPassword(database.password());
    OwnPool pool =
        OwnPool.open(
            hikari,
            database.url(),
            defaults.connectionTimeout().toMillis(),
            defaults.socketTimeout().toMillis());
    try (Connection connection = pool.getConnection()) {
      return new RawCopy(
          pool,
          read(connection, WRITTEN, defaults.batchSize()),
          (int) database.count("SELECT count(*) FROM monitoring.log_events"));
    }
  }

  /**
   * Reads a query's rows as transactions that are ready to be sent. The server sends each row as
   * one message; the header comes with the first.
   */
  static List<byte[]> read(Connection connection, String query, int transactionBytes)
      throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
    List<byte[]> transactions = new ArrayList<>();
    ByteArrayOutputStream open = new ByteArrayOutputStream(2 * transactionBytes);
    byte[] first = copy.readFromCopy();
    byte[] header = Arrays.copyOf(first, HEADER_BYTES);
    open.writeBytes(first);
    for (byte[] row = copy.readFromCopy(); !isTrailer(row); row = copy.readFromCopy()) {
      if (open.size() >= transactionBytes) {
        open.writeBytes(TRAILER);
        transactions.add(open.toByteArray());
        open.reset();
        open.writeBytes(header);
      }
      open.writeBytes(row);
    }
    open.writeBytes(TRAILER);
    transactions.add(open.toByteArray());
    copy.readFromCopy();
    return transactions;
  }

  private static boolean isTrailer(byte[] message) {
    return message.length == TRAILER.length;
  }

  /** What is sent for all rows together. */
  long bytes() {
    return transactions.stream().mapToLong(rows -> rows.length).sum();
  }

  /** How many rows are committed together, on average. */
  int transactionRows() {
    return (events + transactions.size() - 1) / transactions.size();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public void write() throws SQLException {
    for (byte[] rows : transactions) {
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        CopyIn copy =
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                    "COPY monitoring.log_events (" + COLUMNS + ") FROM STDIN WITH (FORMAT binary)");
        copy.writeToCopy(rows, 0, rows.length);
        copy.endCopy();
        connection.commit();
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
