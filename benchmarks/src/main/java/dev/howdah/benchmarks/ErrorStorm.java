package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;
import dev.howdah.testkit.TestDatabase;

/** One thread throws one bug as fast as it can and logs it; each occurrence is counted. */
final class ErrorStorm implements Contender {

  private static final int FRAMES = 40;

  private final HowdahLogback howdah;
  private final Logger logger;
  private final int events;
  private final TestDatabase database;

  /**
   * Takes a Howdah.
   *
   * @param howdah where the errors go
   * @param events in each turn
   * @param database where they are counted
   */
  ErrorStorm(HowdahLogback howdah, int events, TestDatabase database) {
    this.howdah = howdah;
    this.logger = howdah.logger("shop.Checkout");
    this.events = events;
    this.database = database;
  }

  @Override
  public String name() {
    return "errors, one bug";
  }

  @Override
  public void write() {
    long written = howdah.stats().written();
    long counted = counted();
    for (int i = 0; i < events; i++) {
      try {
        pay(FRAMES);
      } catch (IllegalStateException e) {
        logger.error("payment failed", e);
      }
    }
    howdah.awaitWritten(written + events);
    if (counted() != counted + events) {
      throw new IllegalStateException(
          "%d errors were counted, not %d".formatted(counted() - counted, events));
    }
  }

  private long counted() {
    return database.count("SELECT coalesce(sum(occurrences), 0) FROM monitoring.issues");
  }

  private static int pay(int depth) {
    return depth == 0 ? askTheBank() : 1 + pay(depth - 1);
  }

  private static int askTheBank() {
    throw new IllegalStateException("no answer from the bank");
  }
}
