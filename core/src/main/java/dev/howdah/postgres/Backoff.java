package dev.howdah.postgres;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * Pauses after failures, which double up to a longest one, with jitter, so that a thousand
 * instances do not come back in the same instant. Thread-safe.
 *
 * @param retryMin first pause after a failure, in milliseconds
 * @param retryMax longest pause, in milliseconds
 */
public record Backoff(long retryMin, long retryMax) {

  private static final long HURRIED_PAUSE_MILLIS = 50;

  /**
   * How long to pause.
   *
   * @param failures how often it has failed before, from 0
   * @return milliseconds
   */
  public long delay(int failures) {
    long longest = Math.min(retryMax, retryMin << Math.min(failures, 20));
    return longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
  }

  /**
   * Waits.
   *
   * @param failures how often it has failed before, from 0
   * @param hurry ends the pause as soon as it is true
   */
  void pause(int failures, BooleanSupplier hurry) throws InterruptedException {
    if (hurry.getAsBoolean()) {
      Thread.sleep(HURRIED_PAUSE_MILLIS);
      return;
    }
    long millis = delay(failures);
    for (long slept = 0; slept < millis && !hurry.getAsBoolean(); slept += HURRIED_PAUSE_MILLIS) {
      Thread.sleep(Math.min(HURRIED_PAUSE_MILLIS, millis - slept));
    }
  }
}
