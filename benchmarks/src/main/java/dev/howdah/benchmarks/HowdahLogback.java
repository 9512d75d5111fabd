package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.howdah.event.PipelineListener;
import dev.howdah.logback.PostgresAppender;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.TestDatabase;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A Logback of its own whose only appender is Howdah's, with its defaults where nothing is said.
 */
final class HowdahLogback implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final LoggerContext context = new LoggerContext();
  private final PostgresAppender appender = new PostgresAppender();
  private final JournalFolder folder = new JournalFolder();
  private final Progress progress = new Progress();

  private HowdahLogback(TestDatabase database) {
    context.setMDCAdapter(MDC.getMDCAdapter());
    appender.setContext(context);
    appender.setName("PG");
    appender.setUrl(database.url());
    appender.setUsername(database.username());
    appender.setPassword(database.password().isEmpty() ? "none" : database.password());
    appender.setService("benchmark");
    appender.setDirectory(folder.toString());
    appender.setListener(progress);
  }

  /** For throughput: threads wait while the ring is full, nothing is lost. */
  static HowdahLogback blocking(TestDatabase database) {
    HowdahLogback logback = new HowdahLogback(database);
    logback.appender.setOnFull("block");
    logback.appender.setOnFullTimeout("5 min");
    return logback.start();
  }

  /** The same, with another setting {@code flushInterval}. */
  static HowdahLogback blocking(TestDatabase database, String flushInterval) {
    HowdahLogback logback = new HowdahLogback(database);
    logback.appender.setOnFull("block");
    logback.appender.setOnFullTimeout("5 min");
    logback.appender.setFlushInterval(flushInterval);
    return logback.start();
  }

  /** For throughput over the disk: each batch is in the journal before it is sent. */
  static HowdahLogback journaling(TestDatabase database) {
    HowdahLogback logback = new HowdahLogback(database);
    logback.appender.setOnFull("block");
    logback.appender.setOnFullTimeout("5 min");
    logback.appender.setJournal("always");
    return logback.start();
  }

  /** For many in one JVM: little memory each, and an event is sent at once. */
  static HowdahLogback small(TestDatabase database) {
    HowdahLogback logback = new HowdahLogback(database);
    logback.appender.setOnFull("block");
    logback.appender.setFlushInterval("10 ms");
    logback.appender.setRingSize("256");
    logback.appender.setMaxMemory("4 MiB");
    logback.appender.setJournal("off");
    return logback.start();
  }

  /** For bursts: no logging call waits, and the pipeline is soon idle again. */
  static HowdahLogback dropping(TestDatabase database) {
    HowdahLogback logback = new HowdahLogback(database);
    logback.appender.setOnFull("drop");
    logback.appender.setFlushInterval("10 ms");
    return logback.start();
  }

  /** Starts it, and waits for the schema, which comes with the first event. */
  private HowdahLogback start() {
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    logger("first").info("ready");
    awaitWritten(1);
    return this;
  }

  /**
   * Wakes who waits for rows, who would else take processor time from what is measured by looking
   * for them. Problems belong on the screen: what was measured meanwhile is not what was meant.
   */
  private static final class Progress implements PipelineListener {
    private volatile @Nullable Thread waiting;

    @Override
    public void batchWritten(int rows, int bytes, long nanos) {
      LockSupport.unpark(waiting);
    }

    @Override
    public void problem(String message, @Nullable Throwable cause) {
      System.err.println("[howdah] " + message);
    }
  }

  Logger logger(String name) {
    return context.getLogger(name);
  }

  PipelineStats stats() {
    return Objects.requireNonNull(appender.getStats());
  }

  /** Waits until as many rows are committed; fails as soon as that can't be any more. */
  void awaitWritten(long rows) {
    long start = System.nanoTime();
    progress.waiting = Thread.currentThread();
    for (PipelineStats stats = stats(); stats.written() < rows; stats = stats()) {
      if (stats.dropped() + stats.rejected() > 0 || System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException(rows + " rows were to be written, but: " + stats);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() {
    try (folder) {
      appender.stop();
      context.stop();
    }
  }
}
