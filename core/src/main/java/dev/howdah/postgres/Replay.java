package dev.howdah.postgres;

import dev.howdah.batch.Batch;
import dev.howdah.batch.Ledger;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.JournalFolder;
import dev.howdah.journal.JournalReader;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * Writes the journal of an instance that is gone, under its own instance and batch numbers, so that
 * what the database has already is not written again. Thread-safe.
 */
public final class Replay {

  private final Database database;
  private final Ledger ledger;
  private final RejectFolder rejects;
  private final ProblemReporter problems;
  private final Backoff backoff;
  private final SentEntries sent = new SentEntries();

  /**
   * @param database where it is written
   * @param ledger counts what was written
   * @param rejects where bad rows are kept
   * @param problems told of what goes wrong
   * @param backoff pauses after failures
   */
  public Replay(
      Database database,
      Ledger ledger,
      RejectFolder rejects,
      ProblemReporter problems,
      Backoff backoff) {
    this.database = database;
    this.ledger = ledger;
    this.rejects = rejects;
    this.problems = problems;
    this.backoff = backoff;
  }

  /**
   * Writes a journal and deletes it, segment by segment; waits while the database is away.
   *
   * @param folder a folder that the caller has locked
   * @param stop ends the work early; what is not written yet stays
   * @return number of rows that were written now
   * @throws IOException when the folder can't be read
   * @throws InterruptedException when interrupted
   */
  public long replay(JournalFolder folder, BooleanSupplier stop)
      throws IOException, InterruptedException {
    long rows = 0;
    Batch batch = new Batch();
    try (JournalReader reader = folder.consumer(problems)) {
      while (!stop.getAsBoolean() && reader.next(batch)) {
        rows += deliver(Instance.of(reader.owner()), batch, stop);
      }
      if (stop.getAsBoolean()) {
        return rows;
      }
    }
    folder.delete(problems);
    return rows;
  }

  private long deliver(Instance former, Batch batch, BooleanSupplier stop)
      throws InterruptedException {
    Delivery delivery =
        new Delivery(
            database,
            former.id(),
            batch,
            sent,
            e -> problems.problem("a part of a former start's dictionary was refused", e));
    for (int failures = 0; !stop.getAsBoolean(); failures++) {
      try {
        if (failures > 0) {
          // It may have died before it could register; and a database may have been restored.
          database.register(former);
        }
        Delivery.Outcome outcome = delivery.attempt(0, 0);
        return outcome instanceof Delivery.Written written ? done(batch, written) : 0;
      } catch (SQLException e) {
        sent.forget(); // The next connection may be to another server.
        if (!stop.getAsBoolean() && !Database.isUnregistered(e)) {
          problems.problem(database.explain(e), e);
          backoff.pause(failures, stop);
        }
      }
    }
    return 0;
  }

  private long done(Batch batch, Delivery.Written written) {
    written.rejects().forEach(reject -> rejects.keep(batch, reject.row(), reject.reason()));
    long rows = written.before() ? 0 : batch.count() - written.rejects().size();
    ledger.adopted(rows);
    return rows;
  }
}
