package dev.howdah;

import dev.howdah.batch.Ledger;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.DamageListener;
import dev.howdah.journal.FolderLock;
import dev.howdah.journal.JournalFolder;
import dev.howdah.journal.JournalReader;
import dev.howdah.postgres.Backoff;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Instance;
import dev.howdah.postgres.RejectFolder;
import dev.howdah.postgres.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Writes the journal of an instance that is gone, without the application: under its own instance
 * and batch numbers, so that what the database has already is not written again. A next start of
 * the application does the same by itself.
 *
 * @param rows how many were written now
 * @param isComplete whether the journal is done with and deleted; else the database was away for
 *     too long, or a later version of Howdah is needed, and what is not written stays
 */
public record JournalReplay(long rows, boolean isComplete) {

  /**
   * Replays one journal.
   *
   * @param config how the database is reached; makes and maintains the schema as it says
   * @param folder the journal's folder, {@code <directory>/<service>/journal/<instance>}
   * @param patience how long to go on without any progress
   * @param listener told of trouble
   * @return what was done
   * @throws IOException when the folder can't be read, or another process has it
   * @throws InterruptedException when interrupted; what is not written yet stays
   */
  public static JournalReplay run(
      HowdahConfig config, Path folder, Duration patience, PipelineListener listener)
      throws IOException, InterruptedException {
    try (FolderLock lock = FolderLock.tryLock(folder)) {
      if (lock == null) {
        throw new IOException(folder + " is held by a running instance, which writes it by itself");
      }
      return replay(config, new JournalFolder(folder), patience, new ProblemReporter(listener));
    }
  }

  private static JournalReplay replay(
      HowdahConfig config, JournalFolder folder, Duration patience, ProblemReporter problems)
      throws IOException, InterruptedException {
    Ledger ledger = new Ledger();
    Database database =
        new Database(
            Howdah.databaseOptions(config),
            instance(folder),
            new ConfiguredDataSource(config, () -> true),
            problems);
    try {
      Replay replay =
          new Replay(
              database,
              ledger,
              new RejectFolder(folder.home().resolve("rejects"), problems),
              problems,
              new Backoff(config.retryMin().toMillis(), config.retryMax().toMillis()));
      long rows = replay.replay(folder, withoutProgressFor(patience, ledger));
      return new JournalReplay(rows, folder.segments().isEmpty());
    } finally {
      database.close();
    }
  }

  private static Instance instance(JournalFolder folder) throws IOException {
    try (JournalReader reader = folder.reader(DamageListener.NONE)) {
      return Instance.of(reader.owner());
    }
  }

  private static BooleanSupplier withoutProgressFor(Duration patience, Ledger ledger) {
    return new BooleanSupplier() {
      private long rows;
      private long since = System.nanoTime();

      @Override
      public boolean getAsBoolean() {
        if (ledger.adopted() != rows) {
          rows = ledger.adopted();
          since = System.nanoTime();
        }
        return System.nanoTime() - since > patience.toNanos();
      }
    };
  }
}
