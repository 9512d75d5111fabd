package dev.howdah.log4j2;

import com.sun.management.ThreadMXBean;
import dev.howdah.pipeline.PipelineStats;
import java.lang.management.ManagementFactory;
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

  /** The first argument is the name of the logger. */
  public static void main(String[] arguments) throws InterruptedException {
    ThreadContext.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    ThreadContext.put("tenant", "acme");
    ThreadContext.put("user", "ann");
    Logger logger = LogManager.getLogger("shop.Checkout");
    log(logger, WARM_UP);
    awaitDrained();

    List<Thread> threads = threadsOnTheWay();
    List<Long> before = threads.stream().map(AllocationProgram::allocated).toList();
    long callerBefore = MEASURE.getCurrentThreadAllocatedBytes();
    log(logger, EVENTS);
    long caller = MEASURE.getCurrentThreadAllocatedBytes() - callerBefore;
    awaitDrained();

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

  private static void awaitDrained() throws InterruptedException {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    PostgresAppender appender =
        Objects.requireNonNull(context.getConfiguration().getAppender("PG"));
    long logged = -1;
    while (true) {
      PipelineStats stats = Objects.requireNonNull(appender.getStats());
      if (stats.pending() == 0 && stats.logged() == logged) {
        return;
      }
      logged = stats.logged();
      Thread.sleep(200);
    }
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
