package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Logger;

/** A logging call, and Log4j2's JdbcAppender without a buffer. */
final class JdbcAppenderInsertion implements Insertion {

  private final Log4jJdbc log4j;
  private final Logger logger;

  JdbcAppenderInsertion(TestDatabase database) {
    log4j = Log4jJdbc.unbuffered(database);
    logger = log4j.logger("shop.Checkout");
  }

  @Override
  public String name() {
    return "JdbcAppender, unbuffered";
  }

  @Override
  public String table() {
    return Log4jJdbc.TABLE;
  }

  @Override
  public void warn(String message) {
    ThreadContext.put("duration_ms", "12");
    logger.warn(message);
  }

  @Override
  public void info() {
    ThreadContext.put("duration_ms", "12");
    logger.info("payment of {} for order {} accepted", "12.50", 4711);
  }

  @Override
  public void close() {
    log4j.close();
  }
}
