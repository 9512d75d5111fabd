package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;

/**
 * A logging call, and Howdah.
 *
 * @param name its name in the report
 * @param howdah where events go
 * @param logger of that Howdah
 */
record HowdahInsertion(String name, HowdahLogback howdah, Logger logger) implements Insertion {

  HowdahInsertion(String name, HowdahLogback howdah) {
    this(name, howdah, howdah.logger("shop.Checkout"));
  }

  @Override
  public void warn(String message) {
    logger.warn(message);
  }

  @Override
  public void info() {
    logger.info("payment of {} for order {} accepted", "12.50", 4711);
  }

  @Override
  public void close() {
    howdah.close();
  }
}
