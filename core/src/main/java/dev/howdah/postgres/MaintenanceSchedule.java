package dev.howdah.postgres;

import dev.howdah.event.HowdahThreads;
import dev.howdah.event.ProblemReporter;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Calls the database's maintenance about once an hour; which of many instances does the work is
 * decided by an advisory lock there.
 */
public final class MaintenanceSchedule {

  private final Database database;
  private final ProblemReporter problems;
  private final Thread thread = HowdahThreads.create("maintenance", this::run);

  /**
   * @param database the database to maintain
   * @param problems told when it fails
   */
  public MaintenanceSchedule(Database database, ProblemReporter problems) {
    this.database = database;
    this.problems = problems;
  }

  /** Starts the thread; the first run is an hour from now, since a start prepares by itself. */
  public void start() {
    thread.start();
  }

  /** Ends the thread, without waiting for a statement under way. */
  public void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(3600 + ThreadLocalRandom.current().nextInt(300));
        maintain();
      }
    } catch (InterruptedException e) {
      // stop() was called.
    }
  }

  private void maintain() {
    try {
      database.maintain();
    } catch (SQLException e) {
      problems.problem("partitions could not be maintained: " + database.explain(e), e);
    }
  }
}
