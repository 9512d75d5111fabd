package dev.howdah.postgres;

import dev.howdah.event.HowdahThreads;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.FolderLock;
import dev.howdah.journal.JournalFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Writes what former starts of the service have left in their journals, while new events flow: at
 * the start, and once a minute for those of neighbours that died. Folders that a running instance
 * holds are left alone. Oldest start first, each under its own instance and batch numbers, so that
 * what the database has already is not written again.
 *
 * <p>One thread; {@link #start} and {@link #stop} are for the owner's.
 */
public final class Adoption {

  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

  private final Path journals;
  private final Replay replay;
  private final ProblemReporter problems;
  private final Thread thread = HowdahThreads.create("adoption", this::run);
  private volatile boolean stopped;

  /**
   * @param journals folder of all journals of the service
   * @param replay writes what it is given
   * @param problems told of what was found
   */
  public Adoption(Path journals, Replay replay, ProblemReporter problems) {
    this.journals = journals;
    this.replay = replay;
    this.problems = problems;
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Ends the thread; what is not written yet is for the next start. */
  public void stop() {
    stopped = true;
    thread.interrupt();
  }

  private void run() {
    try {
      while (!stopped) {
        adoptAll();
        Thread.sleep(MINUTE);
      }
    } catch (InterruptedException e) {
      // stop() was called.
    }
  }

  private void adoptAll() throws InterruptedException {
    try {
      for (JournalFolder folder : JournalFolder.under(journals)) {
        adopt(folder);
      }
      for (JournalFolder folder : JournalFolder.emptyUnder(journals)) {
        sweep(folder);
      }
    } catch (IOException e) {
      problems.problem("the journals in " + journals + " can't be read", e);
    }
  }

  private void adopt(JournalFolder folder) throws InterruptedException {
    try (FolderLock lock = FolderLock.tryLock(folder.path())) {
      if (lock != null) {
        long rows = replay.replay(folder, () -> stopped);
        problems.problem(rows + " events that a former start had left were written", null);
      }
    } catch (IOException | RuntimeException e) {
      problems.problem("the journal " + folder.path() + " could not be read, and stays", e);
    }
  }

  private void sweep(JournalFolder folder) throws IOException {
    try (FolderLock lock = FolderLock.tryLock(folder.path())) {
      if (lock != null) {
        folder.delete(problems);
      }
    }
  }
}
