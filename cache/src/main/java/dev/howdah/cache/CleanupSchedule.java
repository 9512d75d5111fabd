package dev.howdah.cache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cleans up now and then. Every instance has a schedule, and the one whose turn comes first does
 * the work for all: the others find in the database that it was done.
 */
final class CleanupSchedule implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger("dev.howdah.cache");

  private final Cleanup cleanup;
  private final @Nullable RecentUse recentUse;
  private final Duration interval;
  private final Thread thread = new Thread(this::run, "howdah-cache-cleanup");
  private boolean failing;

  /**
   * @param recentUse written down before each cleanup; null: nobody wants to know
   * @param interval {@link PostgresCache#FOREVER}: never
   */
  CleanupSchedule(Cleanup cleanup, @Nullable RecentUse recentUse, Duration interval) {
    this.cleanup = cleanup;
    this.recentUse = recentUse;
    this.interval = interval;
    thread.setDaemon(true);
  }

  void start() {
    if (!interval.equals(PostgresCache.FOREVER)) {
      thread.start();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    long millis = interval.toMillis();
    try {
      while (true) {
        // Not all instances at the same moment.
        TimeUnit.MILLISECONDS.sleep(millis + ThreadLocalRandom.current().nextLong(millis / 10));
        cleanUpUnlessDone();
      }
    } catch (InterruptedException e) {
      // close() was called.
    }
  }

  private void cleanUpUnlessDone() {
    try {
      if (recentUse != null) {
        recentUse.writeDown();
      }
      if (cleanup.claim(interval)) {
        cleanup.run();
      }
      failing = false;
    } catch (RuntimeException e) {
      // Once for each outage.
      LOGGER.log(failing ? Level.DEBUG : Level.WARNING, "the cache could not be cleaned up", e);
      failing = true;
    }
  }
}
