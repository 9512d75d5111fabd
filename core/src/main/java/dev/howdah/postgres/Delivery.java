package dev.howdah.postgres;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Brings one batch into PostgreSQL, exactly once, in as many attempts as it takes.
 *
 * <p>One attempt is one transaction: {@code offer_batch} locks the instance's row, says what was
 * written last, and notes the batch's number; COPY brings the rows; {@code record_dictionary} the
 * texts they refer to; {@code record_errors} the counts of errors; commit. When a connection breaks
 * and nobody knows whether the commit arrived, the next attempt simply offers the batch again:
 * {@code offer_batch} knows. Its row lock makes that attempt wait for the verdict on the former
 * transaction, which it ends first where the server still holds it open for a connection that died
 * half-open.
 *
 * <p>For one thread.
 */
final class Delivery {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};

  /** Classes of SQLState that trying again does not mend: data, constraints, triggers, limits. */
  private static final Set<String> BAD_DATA =
      Set.of("09", "21", "22", "23", "27", "38", "39", "44", "54", "P0");

  /** What an attempt that did not fail has found. */
  sealed interface Outcome {}

  /** The batch is in the database, without the rows that it refused; maybe it was before. */
  record Written(List<Reject> rejects, boolean before) implements Outcome {}

  /** The server has lost what it had acknowledged after this batch; nothing was written. */
  record Behind(long lastBatch) implements Outcome {}

  /** A row that was refused. */
  record Reject(int row, SQLException reason) {}

  /** A transaction of ours, by which a later attempt finds it on the server. */
  private record Former(int backend, String transaction) {}

  private final Database database;
  private final long instanceId;
  private final Batch batch;
  private final SentEntries sent;
  private final Consumer<SQLException> partRefused;
  private List<Reject> rejects = new ArrayList<>();
  private boolean careful;
  private @Nullable Former former;
  private volatile @Nullable Connection current;

  /**
   * @param database gives connections
   * @param instanceId whose batch it is
   * @param batch what to bring
   * @param sent what of the dictionary the server has
   * @param partRefused called when the server took the rows but not what belongs to them
   */
  Delivery(
      Database database,
      long instanceId,
      Batch batch,
      SentEntries sent,
      Consumer<SQLException> partRefused) {
    this.database = database;
    this.instanceId = instanceId;
    this.batch = batch;
    this.sent = sent;
    this.partRefused = partRefused;
  }

  /**
   * Tries once.
   *
   * @param known number of the instance's last batch that the server has acknowledged
   * @param dropped events that the instance has lost so far
   * @throws SQLException when it is to be tried again
   */
  Outcome attempt(long known, long dropped) throws SQLException {
    try {
      return transact(known, dropped);
    } catch (SQLException e) {
      if (careful || !isBadData(e)) {
        throw e;
      }
      careful = true;
      return transact(known, dropped);
    }
  }

  /** Closes the socket of an attempt that is under way, from another thread. */
  void abort() throws SQLException {
    Connection connection = current;
    if (connection != null) {
      // A read from a silent server can't be interrupted; closing the socket ends it.
      connection.abort(Runnable::run);
    }
  }

  private Outcome transact(long known, long dropped) throws SQLException {
    try (Connection connection = database.connect()) {
      current = connection;
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        return write(connection, known, dropped);
      } catch (SQLException | RuntimeException | Error e) {
        rollback(connection, e);
        throw e;
      } finally {
        current = null;
        restore(connection, autoCommit);
      }
    }
  }

  private Outcome write(Connection connection, long known, long dropped) throws SQLException {
    endFormer(connection);
    long last = offer(connection, known, dropped);
    if (last >= batch.number()) {
      connection.rollback();
      return new Written(rejects, true);
    }
    if (last < known) {
      connection.rollback();
      return new Behind(last);
    }
    List<Reject> bad = new ArrayList<>();
    copyRows(connection, bad);
    boolean recorded = recordDictionary(connection);
    boolean counted = recordErrors(connection);
    // From here on the outcome may be unknown: what was left out must be known to a retry.
    rejects = bad;
    connection.commit();
    if (recorded && counted) {
      sent.add(batch);
    }
    return new Written(bad, false);
  }

  /** The connection may be the application's, of a pool that does not do this by itself. */
  private static void restore(Connection connection, boolean autoCommit) {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      // A connection that broke: its pool throws it away.
    }
  }

  private void rollback(Connection connection, Throwable reason) {
    try {
      connection.rollback();
      former = null;
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** By backend and transaction, since behind a pooler the backend may work for others by now. */
  private void endFormer(Connection connection) throws SQLException {
    Former open = former;
    if (open == null) {
      return;
    }
    // Once only: where the right to do it is missing, the row lock and time-outs have to do.
    former = null;
    try (PreparedStatement statement = connection.prepareStatement(WriterSql.END_TRANSACTION)) {
      statement.setInt(1, open.backend());
      statement.setString(2, open.transaction());
      statement.execute();
    }
  }

  private long offer(Connection connection, long known, long dropped) throws SQLException {
    String sql =
        database.sessionSettings()
            + database.sql().offer().formatted(instanceId, batch.number(), dropped, known);
    try (Statement statement = connection.createStatement()) {
      boolean isResult = statement.execute(sql);
      while (!isResult && statement.getUpdateCount() != -1) {
        isResult = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        former = new Former(result.getInt(2), result.getString(3));
        return result.getLong(1);
      }
    }
  }

  /** Rows of one table, and where each starts. */
  private record Rows(String copy, ByteBuilder bytes, IntUnaryOperator offset, int count) {}

  private void copyRows(Connection connection, List<Reject> bad) throws SQLException {
    WriterSql sql = database.sql();
    Rows events = new Rows(sql.copy(), batch.rows(), batch::offset, batch.count());
    Rows occurrences =
        new Rows(
            sql.copyOccurrences(),
            batch.occurrences(),
            batch::occurrenceOffset,
            batch.occurrenceCount());
    if (!careful) {
      copy(connection, events, 0, events.count());
      copy(connection, occurrences, 0, occurrences.count());
      return;
    }
    copyCarefully(connection, events, 0, events.count(), bad);
    List<Reject> withoutOccurrence = new ArrayList<>();
    copyCarefully(connection, occurrences, 0, occurrences.count(), withoutOccurrence);
    // Their events are in the log, and are counted: it is the row of details that is missing.
    withoutOccurrence.forEach(reject -> partRefused.accept(reject.reason()));
  }

  private static void copy(Connection connection, Rows rows, int from, int to) throws SQLException {
    if (from == to) {
      return;
    }
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(rows.copy());
    try {
      copy.writeToCopy(HEADER, 0, HEADER.length);
      int start = rows.offset().applyAsInt(from);
      copy.writeToCopy(rows.bytes().array(), start, rows.offset().applyAsInt(to) - start);
      copy.writeToCopy(TRAILER, 0, TRAILER.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Halves until the bad rows stand alone: a handful of COPYs for one bad row among thousands. */
  private static void copyCarefully(
      Connection connection, Rows rows, int from, int to, List<Reject> bad) throws SQLException {
    execute(connection, "SAVEPOINT howdah_rows");
    try {
      copy(connection, rows, from, to);
      // A deferred constraint would speak at commit only, when it is too late to find its row.
      execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
      execute(connection, "RELEASE SAVEPOINT howdah_rows");
      return;
    } catch (SQLException e) {
      if (!isBadData(e)) {
        throw e;
      }
      execute(connection, "ROLLBACK TO SAVEPOINT howdah_rows");
      execute(connection, "RELEASE SAVEPOINT howdah_rows");
      if (to - from == 1) {
        bad.add(new Reject(from, e));
        return;
      }
    }
    int middle = (from + to) >>> 1;
    copyCarefully(connection, rows, from, middle, bad);
    copyCarefully(connection, rows, middle, to, bad);
  }

  private boolean recordDictionary(Connection connection) throws SQLException {
    String json = sent.missing(batch);
    return json.isEmpty()
        || call(connection, database.sql().dictionary(), s -> s.setString(1, json));
  }

  private boolean recordErrors(Connection connection) throws SQLException {
    String json = sent.errors(batch);
    return json.isEmpty()
        || call(
            connection,
            database.sql().errors(),
            s -> {
              s.setLong(1, instanceId);
              s.setString(2, json);
            });
  }

  /** Sets a statement's parameters. */
  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  /** Calls one of the schema's functions; false when it refused what it was given. */
  private boolean call(Connection connection, String sql, Parameters parameters)
      throws SQLException {
    if (careful) {
      execute(connection, "SAVEPOINT howdah_call");
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.set(statement);
      statement.execute();
      return true;
    } catch (SQLException e) {
      if (!careful || !isBadData(e)) {
        throw e;
      }
      execute(connection, "ROLLBACK TO SAVEPOINT howdah_call");
      partRefused.accept(e);
      return false;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean isBadData(SQLException e) {
    return e.getSQLState() != null
        && e.getSQLState().length() == 5
        && BAD_DATA.contains(e.getSQLState().substring(0, 2));
  }
}
