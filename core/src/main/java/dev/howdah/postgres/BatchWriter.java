package dev.howdah.postgres;

import dev.howdah.batch.Batch;
import dev.howdah.batch.Ledger;
import dev.howdah.encode.RowEncoder;
import dev.howdah.event.HowdahThreads;
import dev.howdah.event.LossCause;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.BatchQueue;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes batches to PostgreSQL, in order, each exactly once.
 *
 * <p>One transaction a batch: {@code open_batch} notes the batch's number in this instance's row
 * and says whether it had been noted before; COPY brings the rows; {@code record_dictionary} brings
 * the texts they refer to; commit. When a connection breaks and nobody knows whether the commit
 * arrived, the same batch is simply offered again: {@code open_batch} knows. Its row lock also
 * makes the retry wait for the verdict on a transaction whose connection died half-open.
 *
 * <table>
 * <caption>What a failure means</caption>
 * <tr><th>SQLState</th><th>meaning</th><th>what happens</th></tr>
 * <tr><td>classes 09, 21, 22, 23, 27, 38, 39, 44, 54, P0</td><td>a row is bad</td><td>it is found
 * by halving, kept aside; the others are written</td></tr>
 * <tr><td>any other, or another exception</td><td>the database, the driver or the application's
 * pool is not ready</td><td>the batch stays first in the
 * queue; next try after a pause that grows to {@code retryMax}</td></tr>
 * </table>
 *
 * The writer has one thread; {@link #start} and {@link #stop} are for the owner's.
 */
public final class BatchWriter {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** Classes of SQLState that trying again does not mend: data, constraints, triggers, limits. */
  private static final Set<String> BAD_DATA =
      Set.of("09", "21", "22", "23", "27", "38", "39", "44", "54", "P0");

  private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};
  private static final long STOPPING_PAUSE_MILLIS = 50;

  /**
   * Pauses after failures, in milliseconds.
   *
   * @param retryMin first pause after a failure
   * @param retryMax longest pause
   */
  public record Pauses(long retryMin, long retryMax) {}

  private record Reject(int row, SQLException reason) {}

  private final Database database;
  private final BatchQueue queue;
  private final RowEncoder encoder;
  private final Ledger ledger;
  private final RejectFolder rejects;
  private final ProblemReporter problems;
  private final Pauses pauses;
  private final String openSql;
  private final String copySql;
  private final String dictionarySql;
  private final Thread thread = HowdahThreads.create("writer", this::writeUntilStopped);
  private volatile @Nullable Connection current;
  private volatile boolean draining;
  private volatile boolean stopped;
  private boolean givenUp;
  private boolean troubled;

  /**
   * @param database gives connections to a database that is ready
   * @param queue where batches wait
   * @param encoder told when a batch, and with it a part of the dictionary, is lost
   * @param ledger counts what was written
   * @param rejects where bad rows are kept
   * @param problems told of outages
   * @param pauses pauses after failures
   */
  public BatchWriter(
      Database database,
      BatchQueue queue,
      RowEncoder encoder,
      Ledger ledger,
      RejectFolder rejects,
      ProblemReporter problems,
      Pauses pauses) {
    this.database = database;
    this.queue = queue;
    this.encoder = encoder;
    this.ledger = ledger;
    this.rejects = rejects;
    this.problems = problems;
    this.pauses = pauses;
    String schema = SqlNames.quoted(database.schema());
    openSql = "SELECT " + schema + ".open_batch(";
    copySql =
        "COPY "
            + schema
            + ".log_events ("
            + String.join(", ", RowEncoder.COLUMNS)
            + ") FROM STDIN WITH (FORMAT binary)";
    dictionarySql = "SELECT " + schema + ".record_dictionary(?::jsonb)";
  }

  /** Starts the writer's thread. */
  public void start() {
    thread.start();
  }

  /**
   * Writes what is queued, as far as the time allows, then ends. What is left is counted as lost.
   *
   * @param maxWaitNanos how long to wait at most
   * @throws InterruptedException when interrupted
   */
  public void stop(long maxWaitNanos) throws InterruptedException {
    draining = true;
    queue.awaitEmpty(maxWaitNanos);
    stopped = true;
    queue.close();
    thread.interrupt();
    abortCurrent();
    thread.join(TimeUnit.SECONDS.toMillis(2));
    countWhatIsLeft();
    // A pool that is just connecting takes its time to close: that is not the application's.
    Thread closer = HowdahThreads.create("closer", database::close);
    closer.start();
    closer.join(TimeUnit.SECONDS.toMillis(1));
  }

  private void abortCurrent() {
    Connection connection = current;
    if (connection != null) {
      try {
        // A read from a silent server can't be interrupted; closing the socket ends it.
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        problems.problem("the connection could not be aborted", e);
      }
    }
  }

  /** A writer that is still stuck in a call may come back later: it then finds itself given up. */
  private synchronized void countWhatIsLeft() throws InterruptedException {
    givenUp = true;
    long rows = queue.rows();
    if (rows > 0) {
      problems.problem(
          rows + " events could not be written within shutdownTimeout and are lost", null);
    }
    for (Batch batch = queue.peek(0); batch != null; batch = queue.peek(0)) {
      ledger.lost(batch, LossCause.SHUTDOWN);
      queue.remove();
    }
  }

  private void writeUntilStopped() {
    try {
      getReady();
      while (!stopped) {
        Batch batch = queue.peek(TimeUnit.SECONDS.toNanos(1));
        if (batch != null) {
          writeUntilDone(batch);
        }
      }
    } catch (InterruptedException e) {
      // The end of stop(): what is left is counted there.
    }
  }

  /** Makes the schema before the first event needs it; a database that is away may come later. */
  private void getReady() {
    try {
      database.connect().close();
    } catch (SQLException | RuntimeException | Error e) {
      if (!stopped) { // Else stop() broke it off.
        tell(e);
      }
    }
  }

  private void writeUntilDone(Batch batch) throws InterruptedException {
    boolean careful = false;
    List<Reject> bad = new ArrayList<>();
    long start = System.nanoTime();
    for (int failures = 0; !stopped; failures++) {
      Throwable failure;
      try {
        bad = write(batch, careful, bad);
        failure = null;
      } catch (SQLException | RuntimeException | Error e) {
        failure = e;
      }
      if (failure == null) {
        done(batch, bad, start);
        return;
      }
      if (!careful && isBadData(failure)) {
        careful = true;
        continue;
      }
      if (!stopped) {
        // Else it is most likely stop() that broke the attempt off.
        tell(failure);
        pause(failures);
      }
    }
  }

  private synchronized void done(Batch batch, List<Reject> bad, long start) {
    if (givenUp) {
      return;
    }
    for (Reject reject : bad) {
      ledger.lost(LossCause.REJECTED, batch.level(reject.row()), 1);
      rejects.keep(batch, reject.row(), reject.reason());
      problems.lost(LossCause.REJECTED, batch.level(reject.row()), 1);
    }
    ledger.written(batch.count() - bad.size());
    problems.batchWritten(batch.count() - bad.size(), batch.bytes(), System.nanoTime() - start);
    queue.remove();
    if (troubled) {
      troubled = false;
      problems.problem("the database is back; " + queue.rows() + " events wait", null);
    }
  }

  /** Returns the rows that the transaction left out. */
  private List<Reject> write(Batch batch, boolean careful, List<Reject> before)
      throws SQLException {
    try (Connection connection = database.connect()) {
      current = connection;
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        if (!open(connection, batch)) {
          connection.rollback();
          return before;
        }
        List<Reject> bad = new ArrayList<>();
        if (careful) {
          copyCarefully(connection, batch, 0, batch.count(), bad);
        } else {
          copy(connection, batch, 0, batch.count());
        }
        recordDictionary(connection, batch, careful);
        // From here on the outcome may be unknown: what was left out must be known to a retry.
        before.clear();
        before.addAll(bad);
        connection.commit();
        return bad;
      } catch (SQLException | RuntimeException | Error e) {
        rollback(connection, e);
        throw e;
      } finally {
        current = null;
        restore(connection, autoCommit);
      }
    }
  }

  /** The connection may be the application's, of a pool that does not do this by itself. */
  private static void restore(Connection connection, boolean autoCommit) {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      // A connection that broke: its pool throws it away.
    }
  }

  private static void rollback(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private boolean open(Connection connection, Batch batch) throws SQLException {
    String sql =
        database.sessionSettings()
            + openSql
            + database.instanceId()
            + ", "
            + batch.number()
            + ", "
            + ledger.dropped()
            + ")";
    try (Statement statement = connection.createStatement()) {
      boolean isResult = statement.execute(sql);
      while (!isResult && statement.getUpdateCount() != -1) {
        isResult = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  private void copy(Connection connection, Batch batch, int from, int to) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copySql);
    try {
      copy.writeToCopy(HEADER, 0, HEADER.length);
      int start = batch.offset(from);
      copy.writeToCopy(batch.rows().array(), start, batch.offset(to) - start);
      copy.writeToCopy(TRAILER, 0, TRAILER.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Halves until the bad rows stand alone: a handful of COPYs for one bad row among thousands. */
  private void copyCarefully(Connection connection, Batch batch, int from, int to, List<Reject> bad)
      throws SQLException {
    execute(connection, "SAVEPOINT howdah_rows");
    try {
      copy(connection, batch, from, to);
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
    copyCarefully(connection, batch, from, middle, bad);
    copyCarefully(connection, batch, middle, to, bad);
  }

  private void recordDictionary(Connection connection, Batch batch, boolean careful)
      throws SQLException {
    if (batch.sites().length() == 0 && batch.stacks().length() == 0) {
      return;
    }
    String json =
        "{\"sites\":[" + text(batch.sites()) + "],\"stacks\":[" + text(batch.stacks()) + "]}";
    if (careful) {
      execute(connection, "SAVEPOINT howdah_dictionary");
    }
    try (PreparedStatement statement = connection.prepareStatement(dictionarySql)) {
      statement.setString(1, json);
      statement.execute();
    } catch (SQLException e) {
      if (!careful || !isBadData(e)) {
        throw e;
      }
      execute(connection, "ROLLBACK TO SAVEPOINT howdah_dictionary");
      encoder.forgetDictionary();
      problems.problem("a part of the dictionary was refused; its rows lack logger or stack", e);
    }
  }

  private static String text(dev.howdah.batch.ByteBuilder bytes) {
    return new String(bytes.array(), 0, bytes.length(), StandardCharsets.UTF_8);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean isBadData(Throwable failure) {
    return failure instanceof SQLException e
        && e.getSQLState() != null
        && e.getSQLState().length() == 5
        && BAD_DATA.contains(e.getSQLState().substring(0, 2));
  }

  /** Whatever it is, the only writer goes on: see the table above. */
  private void tell(Throwable failure) {
    troubled = true;
    if (failure instanceof SQLException e) {
      database.distrust(e);
      problems.problem(database.explain(e), e);
    } else {
      problems.problem(
          "writing failed by " + failure + "; events are kept and tried again", failure);
    }
  }

  private void pause(int failures) throws InterruptedException {
    if (draining) {
      Thread.sleep(STOPPING_PAUSE_MILLIS);
      return;
    }
    long longest = Math.min(pauses.retryMax(), pauses.retryMin() << Math.min(failures, 20));
    // Jitter, so that a thousand instances do not come back in the same instant.
    long millis = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
    for (long slept = 0; slept < millis && !draining; slept += STOPPING_PAUSE_MILLIS) {
      Thread.sleep(Math.min(STOPPING_PAUSE_MILLIS, millis - slept));
    }
  }
}
