package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import org.slf4j.Logger;

/** Howdah; in bursts dropping rather than waiting: a wait is not what a logging call costs. */
final class HowdahTarget implements LoggingTarget {

  private final HowdahLogback howdah;

  HowdahTarget(TestDatabase database, Load load) {
    howdah =
        load == Load.BURSTS ? HowdahLogback.dropping(database) : HowdahLogback.blocking(database);
  }

  @Override
  public Logger logger() {
    return howdah.logger("shop.Checkout");
  }

  @Override
  public long pending() {
    return howdah.stats().pending() + howdah.stats().journaled();
  }

  @Override
  public long dropped() {
    return howdah.stats().dropped();
  }

  @Override
  public void close() {
    howdah.close();
  }
}
