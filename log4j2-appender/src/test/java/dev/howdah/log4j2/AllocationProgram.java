package dev.howdah.log4j2;

import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.util.Unbox;

/**
 * Logs until everything is warm, then prints how many bytes each thread on an event's way allocated
 * for a number of events: a line with the thread's name and the bytes. A program of its own, since
 * Log4j2 decides once in a JVM whether it uses objects again.
 */
final class AllocationProgram {

  private static final int WARM_UP = 400_000;
  private static final int EVENTS = 400_000;

  /**
   * Fewer than Log4j2's own ring holds: over Disruptor 4.0.0 it loses events when that is full, and
   * their rows would be awaited in vain.
   */
  private static final int BURST = 2_000;

  private static final ThreadMXBean MEASURE = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProgram() {}

  public static void main(String[] arguments) {
    ThreadContext.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    ThreadContext.put("tenant", "acme");
    ThreadContext.put("user", "ann");
    Logger logger = LogManager.getLogger("shop.Checkout");
    PostgresAppender appender = appender();
    logInBursts(logger, WARM_UP, appender);

    List<Thread> threads = threadsOnTheWay();
    List<Long> before = threads.stream().map(AllocationProgram::allocated).toList();
    long caller = logInBursts(logger, EVENTS, appender);

    System.out.println("events=" + EVENTS);
    System.out.println("caller=" + caller);
    for (int i = 0; i < threads.size(); i++) {
      System.out.println(
          threads.get(i).getName() + "=" + (allocated(threads.get(i)) - before.get(i)));
    }
    LogManager.shutdown();
  }

  /** Returns the bytes that the calling thread allocated while it logged, not while it waited. */
  private static long logInBursts(Logger logger, int events, PostgresAppender appender) {
    long bytes = 0;
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
      logger.info("order {} of {} took {} ms", Unbox.box(i), "ann", Unbox.box(i * 31L));
    }
  }

  private static PostgresAppender appender() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    return Objects.requireNonNull(context.getConfiguration().getAppender("PG"));
  }

  private static long written(PostgresAppender appender) {
    return Objects.requireNonNull(appender.getStats()).written();
  }

  private static List<Thread> threadsOnTheWay() {
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("howdah-encoder") || thread.getName().contains("AsyncLog")) {
        threads.add(thread);
      }
    }
    return threads;
  }

  private static long allocated(Thread thread) {
    return MEASURE.getThreadAllocatedBytes(thread.getId());
  }
}
