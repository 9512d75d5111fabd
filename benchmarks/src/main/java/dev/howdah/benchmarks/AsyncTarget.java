package dev.howdah.benchmarks;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** Logback's AsyncAppender before an appender that does nothing; drops nothing. */
final class AsyncTarget implements LoggingTarget {

  private final LoggerContext context = new LoggerContext();
  private final AsyncAppender async = new AsyncAppender();

  AsyncTarget() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    EmptyAppender empty = new EmptyAppender();
    empty.setContext(context);
    empty.start();
    async.setContext(context);
    async.setQueueSize(CallerBenchmark.RING_SIZE);
    async.setDiscardingThreshold(0);
    async.addAppender(empty);
    async.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(async);
  }

  private static final class EmptyAppender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {}
  }

  @Override
  public Logger logger() {
    return context.getLogger("shop.Checkout");
  }

  @Override
  public long pending() {
    return async.getNumberOfElementsInQueue();
  }

  @Override
  public void close() {
    context.stop();
  }
}
