package dev.howdah.postgres;

import dev.howdah.event.HowdahThreads;
import dev.howdah.event.ProblemReporter;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Has the database add what was counted to the groups of errors: a second after this instance has
 * written errors, until nothing is left, and now and then for instances that ended before they
 * could. Which of many instances does the work is decided by an advisory lock there.
 */
public final class FoldSchedule {

  private static final int IDLE_SECONDS = 30;

  private final Database database;
  private final ProblemReporter problems;
  private final Thread thread = HowdahThreads.create("fold", this::run);
  private volatile boolean wanted;

  /**
   * @param database where the errors are
   * @param problems told when it fails
   */
  public FoldSchedule(Database database, ProblemReporter problems) {
    this.database = database;
    this.problems = problems;
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Ends the thread, without waiting for a statement under way. */
  public void stop() {
    thread.interrupt();
  }

  /** To be called when errors are written. Any thread may. */
  void errorsWritten() {
    wanted = true;
  }

  private void run() {
    try {
      for (int idle = 0; ; idle++) {
        TimeUnit.SECONDS.sleep(1);
        if (wanted || idle >= IDLE_SECONDS) {
          wanted = false;
          fold();
          idle = 0;
        }
      }
    } catch (InterruptedException e) {
      // stop() was called.
    }
  }

  private void fold() throws InterruptedException {
    try {
      wanted |= database.fold();
    } catch (SQLException e) {
      if (!thread.isInterrupted()) { // Else stop() broke it off.
        problems.problem("errors could not be counted: " + database.explain(e), e);
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        wanted = true;
      }
    }
  }
}
