package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;

/** One thread logs the line that {@link ErrorStorm} logs, without an exception. */
final class ErrorLines implements Contender {

  static final String NAME = "no exception";

  private final HowdahLogback howdah;
  private final Logger logger;
  private final int events;

  ErrorLines(HowdahLogback howdah, int events) {
    this.howdah = howdah;
    this.logger = howdah.logger("shop.Checkout");
    this.events = events;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public void write() {
    long written = howdah.stats().written();
    for (int i = 0; i < events; i++) {
      logger.error("payment failed");
    }
    howdah.awaitWritten(written + events);
  }
}
