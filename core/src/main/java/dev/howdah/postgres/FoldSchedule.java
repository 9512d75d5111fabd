package dev.howdah.postgres;

import dev.howdah.event.HowdahThreads;
import dev.howdah.event.ProblemReporter;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has the database add what was counted to the groups of errors: soon after this instance has
 * written errors, until nothing is left, and now and then for instances that ended before they
 * could. Which of many instances does the work is decided by an advisory lock there.
 */
public final class FoldSchedule {

  private static final int IDLE_SECONDS = 30;

  /** What comes in this time is folded together; a person does not notice it. */
  private static final long GATHER_MILLIS = 250;

  private static final long PAUSE_MILLIS = 750;
  private static final long HURRIED_MILLIS = 10;

  /** Short, since people wait to be told of what was written as soon as the database was back. */
  private static final Backoff RETRIES = new Backoff(500, 5_000);

  private final Database database;
  private final Runnable folded;
  private final ProblemReporter problems;
  private final Thread thread = HowdahThreads.create("fold", this::run);
  private final Semaphore wanted = new Semaphore(0);
  private final CountDownLatch hurry = new CountDownLatch(1);
  private final Requests requests = new Requests();
  private volatile boolean failing;
  private int failures;

  /**
   * @param database where the errors are
   * @param folded called after each time, when there may be messages to be sent
   * @param problems told when it fails
   */
  public FoldSchedule(Database database, Runnable folded, ProblemReporter problems) {
    this.database = database;
    this.folded = folded;
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

  /**
   * Waits until what this instance has written is counted; pauses no more from now on.
   *
   * @param maxWaitNanos how long to wait at most; not at all while the database is away
   * @throws InterruptedException when interrupted
   */
  public void settle(long maxWaitNanos) throws InterruptedException {
    hurry.countDown();
    requests.await(System.nanoTime() + maxWaitNanos, () -> !failing && thread.isAlive());
  }

  /** To be called when errors are written. Any thread may. */
  void errorsWritten() {
    requests.ask();
    wanted.release();
  }

  private void run() {
    try {
      while (true) {
        wanted.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS);
        pause(GATHER_MILLIS);
        wanted.drainPermits();
        fold();
      }
    } catch (InterruptedException e) {
      // stop() was called.
    }
  }

  private void pause(long millis) throws InterruptedException {
    if (hurry.await(millis, TimeUnit.MILLISECONDS)) {
      Thread.sleep(HURRIED_MILLIS);
    }
  }

  private void fold() throws InterruptedException {
    int request = requests.count();
    try {
      Folded result = database.fold();
      failing = false;
      failures = 0;
      if (!result.skipped()) {
        folded.run();
      }
      if (result.skipped() || result.groups() > 0) {
        wanted.release();
      } else {
        requests.answer(request);
      }
      if (result.groups() > 0) {
        pause(PAUSE_MILLIS);
      }
    } catch (SQLException e) {
      if (!thread.isInterrupted()) { // Else stop() broke it off.
        failing = true;
        wanted.release();
        problems.problem("errors could not be counted: " + database.explain(e), e);
        RETRIES.pause(failures++, () -> hurry.getCount() == 0);
      }
    }
  }
}
