package dev.howdah.postgres;

import dev.howdah.batch.Batch;
import dev.howdah.batch.Ledger;
import dev.howdah.encode.RowEncoder;
import dev.howdah.event.HowdahThreads;
import dev.howdah.event.LossCause;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.BatchQueue;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes this instance's batches to PostgreSQL, in order, each exactly once: see {@link Delivery}.
 *
 * <table>
 * <caption>What a failure means</caption>
 * <tr><th>SQLState</th><th>meaning</th><th>what happens</th></tr>
 * <tr><td>classes 09, 21, 22, 23, 27, 38, 39, 44, 54, P0</td><td>a row is bad</td><td>it is found
 * by halving, kept aside; the others are written</td></tr>
 * <tr><td>any other, or another exception</td><td>the database, the driver or the application's
 * pool is not ready</td><td>the batch stays first in the queue, and those after it go to the
 * journal; next try after a pause that grows to {@code retryMax}</td></tr>
 * <tr><td>none, but the server's {@code last_batch} is below what it had acknowledged</td>
 * <td>a standby without the last transactions was promoted, or a backup restored</td><td>what the
 * journal still has of that is written again, first</td></tr>
 * </table>
 *
 * The writer has one thread; {@link #start} and {@link #stop} are for the owner's.
 */
public final class BatchWriter {

  private final Database database;
  private final BatchQueue queue;
  private final RowEncoder encoder;
  private final Ledger ledger;
  private final RejectFolder rejects;
  private final FoldSchedule folding;
  private final ProblemReporter problems;
  private final Backoff backoff;
  private final SentEntries sent = new SentEntries();
  private final Thread thread = HowdahThreads.create("writer", this::writeUntilStopped);
  private volatile @Nullable Delivery current;
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
   * @param folding told of errors that were written
   * @param problems told of outages
   * @param backoff pauses after failures
   */
  public BatchWriter(
      Database database,
      BatchQueue queue,
      RowEncoder encoder,
      Ledger ledger,
      RejectFolder rejects,
      FoldSchedule folding,
      ProblemReporter problems,
      Backoff backoff) {
    this.database = database;
    this.queue = queue;
    this.encoder = encoder;
    this.ledger = ledger;
    this.rejects = rejects;
    this.folding = folding;
    this.problems = problems;
    this.backoff = backoff;
  }

  /** Starts the writer's thread. */
  public void start() {
    thread.start();
  }

  /**
   * Writes what is queued, as far as the time allows.
   *
   * @param maxWaitNanos how long to wait at most
   * @throws InterruptedException when interrupted
   */
  public void drain(long maxWaitNanos) throws InterruptedException {
    draining = true;
    queue.awaitEmpty(maxWaitNanos);
  }

  /**
   * Ends. What is left goes to the journal; without one it is counted as lost.
   *
   * @throws InterruptedException when interrupted
   */
  public void stop() throws InterruptedException {
    stopped = true;
    queue.close();
    thread.interrupt();
    abortCurrent();
    thread.join(TimeUnit.SECONDS.toMillis(2));
    settleWhatIsLeft();
    // A pool that is just connecting takes its time to close: that is not the application's.
    Thread closer = HowdahThreads.create("closer", database::close);
    closer.start();
    closer.join(TimeUnit.SECONDS.toMillis(1));
  }

  private void abortCurrent() {
    Delivery delivery = current;
    if (delivery != null) {
      try {
        delivery.abort();
      } catch (SQLException e) {
        problems.problem("the connection could not be aborted", e);
      }
    }
  }

  /** A writer that is still stuck in a call may come back later: it then finds itself given up. */
  private synchronized void settleWhatIsLeft() throws InterruptedException {
    givenUp = true;
    queue.keepTheRest(TimeUnit.SECONDS.toNanos(2));
    long kept = queue.journaledRows();
    if (kept > 0) {
      problems.problem(kept + " events are in the journal; the next start writes them", null);
    }
    long lost = queue.memoryRows();
    if (lost > 0) {
      problems.problem(
          lost + " events could not be written within shutdownTimeout and are lost", null);
    }
    for (Batch batch = queue.giveUp(); batch != null; batch = queue.giveUp()) {
      ledger.lost(batch, LossCause.SHUTDOWN);
    }
    queue.closeJournal();
  }

  private void writeUntilStopped() {
    try {
      getReady();
      while (!stopped) {
        Batch batch = next();
        if (batch != null) {
          deliver(batch);
        }
      }
    } catch (InterruptedException e) {
      // The end of stop(): what is left is settled there.
    }
  }

  /** Makes the schema before the first event needs it; a database that is away may come later. */
  private void getReady() {
    try {
      database.lookUpHost();
      database.connect().close();
    } catch (SQLException | RuntimeException | Error e) {
      if (!stopped) { // Else stop() broke it off.
        tell(e);
      }
    }
  }

  private @Nullable Batch next() throws InterruptedException {
    try {
      return queue.peek(TimeUnit.SECONDS.toNanos(1));
    } catch (IOException | RuntimeException | Error e) {
      problems.problem("the journal can't be read; it is tried again", e);
      Thread.sleep(TimeUnit.SECONDS.toMillis(1));
      return null;
    }
  }

  private void deliver(Batch batch) throws InterruptedException {
    Delivery delivery =
        new Delivery(database, database.instanceId(), batch, sent, this::partRefused);
    current = delivery;
    long start = System.nanoTime();
    for (int failures = 0; !stopped; failures++) {
      try {
        Delivery.Outcome outcome = delivery.attempt(queue.done(), ledger.dropped());
        if (outcome instanceof Delivery.Written written) {
          done(batch, written, start);
        } else if (outcome instanceof Delivery.Behind behind) {
          goBack(behind.lastBatch());
        }
        return;
      } catch (SQLException | RuntimeException | Error e) {
        if (!stopped) { // Else it is most likely stop() that broke the attempt off.
          tell(e);
          fallBehind(failures);
          backoff.pause(failures, () -> draining);
        }
      }
    }
  }

  private void partRefused(SQLException e) {
    encoder.forgetDictionary();
    problems.problem("a part of a batch was refused; its rows lack logger, stack or error", e);
  }

  /** A single failure may be a blip, which is not worth a segment on the disk. */
  private void fallBehind(int failures) {
    if (failures > 0) {
      queue.spill();
    }
  }

  private synchronized void done(Batch batch, Delivery.Written written, long start) {
    if (givenUp) {
      return;
    }
    for (Delivery.Reject reject : written.rejects()) {
      ledger.lost(LossCause.REJECTED, batch.level(reject.row()), 1);
      rejects.keep(batch, reject.row(), reject.reason());
      problems.lost(LossCause.REJECTED, batch.level(reject.row()), 1);
    }
    int rows = batch.count() - written.rejects().size();
    ledger.written(rows);
    problems.batchWritten(rows, batch.bytes(), System.nanoTime() - start);
    if (batch.counts().length() > 0) {
      folding.errorsWritten();
    }
    queue.remove();
    if (troubled) {
      troubled = false;
      problems.problem("the database is back; " + queue.rows() + " events wait", null);
    }
  }

  /** The next batch to be sent is then the first of those that are missing and still here. */
  private synchronized void goBack(long last) {
    if (givenUp) {
      return;
    }
    long acknowledged = queue.done();
    long again = queue.rewind(last);
    ledger.unwritten(again);
    sent.forget();
    encoder.forgetDictionary();
    problems.problem(
        "the database has gone back from batch "
            + acknowledged
            + " to batch "
            + last
            + ", as a promoted standby or a restored backup does; "
            + again
            + " events of that are still here and are written again (see journalKeepSent)",
        null);
  }

  /** Whatever it is, the only writer goes on: see the table above. */
  private void tell(Throwable failure) {
    troubled = true;
    sent.forget(); // The next connection may be to another server.
    if (failure instanceof SQLException e) {
      if (database.distrust(e)) {
        encoder.forgetDictionary();
      }
      problems.problem(database.explain(e), e);
    } else {
      problems.problem(
          "writing failed by " + failure + "; events are kept and tried again", failure);
    }
  }
}
