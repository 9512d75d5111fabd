package dev.howdah.logback;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.MDC;

/**
 * Logs until everything is warm, then prints how many bytes the calling thread allocated for a call
 * with arguments, MDC and key-values. A program of its own, so that no agent of the tests changes
 * what the compiler can leave out.
 */
final class AllocationProgram {

  private static final int WARM_UP = 200_000;
  private static final int EVENTS = 200_000;
  private static final int BURST = 2_000;

  private static final ThreadMXBean MEASURE = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProgram() {}

  public static void main(String[] arguments) {
    MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    MDC.put("user_id", "user-4711");
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    Logger logger = context.getLogger("shop.Checkout");
    PostgresAppender appender = new PostgresAppender();
    appender.setContext(context);
    appender.setUrl(arguments[0]);
    appender.setUsername(arguments[1]);
    appender.setPassword(arguments[2]);
    appender.setDirectory(arguments[3]);
    appender.setService("test");
    appender.setOnFull("block");
    appender.setFlushInterval("1 ms");
    appender.start();

    logger.addAppender(appender);
    logInBursts(logger, WARM_UP, appender);
    System.out.println("howdah=" + logInBursts(logger, EVENTS, appender) / EVENTS);
    context.stop();
  }

  /** Returns the bytes that the calling thread allocated while it logged, not while it waited. */
  private static double logInBursts(Logger logger, int events, PostgresAppender appender) {
    double bytes = 0;
    for (int logged = 0; logged < events; logged += BURST) {
      long expected = written(appender) + BURST;
      long before = MEASURE.getCurrentThreadAllocatedBytes();
      log(logger, BURST);
      bytes += MEASURE.getCurrentThreadAllocatedBytes() - before;
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> written(appender) >= expected);
    }
    return bytes;
  }

  private static void log(Logger logger, int events) {
    for (int i = 0; i < events; i++) {
      logger
          .atInfo()
          .addKeyValue("order_id", i)
          .addKeyValue("currency", "EUR")
          .log("payment of {} for order {} accepted", "12.50", i);
    }
  }

  private static long written(PostgresAppender appender) {
    return Objects.requireNonNull(appender.getStats()).written();
  }
}
