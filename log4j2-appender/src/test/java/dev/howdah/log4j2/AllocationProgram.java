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
  private static final ThreadMXBean MEASURE = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProgram() {}

  public static void main(String[] arguments) {
    ThreadContext.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    ThreadContext.put("tenant", "acme");
    ThreadContext.put("user", "ann");
    Logger logger = LogManager.getLogger("shop.Checkout");
    log(logger, WARM_UP);
    awaitWritten(WARM_UP);

    List<Thread> threads = threadsOnTheWay();
    List<Long> before = threads.stream().map(AllocationProgram::allocated).toList();
    long callerBefore = MEASURE.getCurrentThreadAllocatedBytes();
    log(logger, EVENTS);
    long caller = MEASURE.getCurrentThreadAllocatedBytes() - callerBefore;
    awaitWritten(WARM_UP + EVENTS);

    System.out.println("events=" + EVENTS);
    System.out.println("caller=" + caller);
    for (int i = 0; i < threads.size(); i++) {
      System.out.println(
          threads.get(i).getName() + "=" + (allocated(threads.get(i)) - before.get(i)));
    }
    LogManager.shutdown();
  }

  private static void log(Logger logger, int events) {
    for (int i = 0; i < events; i++) {
      logger.info("order {} of {} took {} ms", Unbox.box(i), "ann", Unbox.box(i * 31L));
    }
  }

  private static void awaitWritten(long events) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    PostgresAppender appender =
        Objects.requireNonNull(context.getConfiguration().getAppender("PG"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Objects.requireNonNull(appender.getStats()).written() == events);
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
