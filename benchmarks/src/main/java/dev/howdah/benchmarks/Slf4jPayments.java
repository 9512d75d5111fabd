package dev.howdah.benchmarks;

import org.slf4j.Logger;
import org.slf4j.MDC;

/** The call by SLF4J's fluent API: two values in the MDC, two as key-values. */
final class Slf4jPayments implements PaymentLog {

  private final LoggingTarget target;
  private final Logger logger;

  Slf4jPayments(LoggingTarget target) {
    this.target = target;
    logger = target.logger();
  }

  @Override
  public void startRequest() {
    MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    MDC.put("user_id", "user-4711");
  }

  @Override
  public void accepted(int order) {
    logger
        .atInfo()
        .addKeyValue("order_id", order)
        .addKeyValue("currency", "EUR")
        .log("payment of {} for order {} accepted", "12.50", order);
  }

  @Override
  public boolean isBusy() {
    return target.pending() > 0;
  }

  @Override
  public long dropped() {
    return target.dropped();
  }

  @Override
  public void close() {
    target.close();
  }
}
