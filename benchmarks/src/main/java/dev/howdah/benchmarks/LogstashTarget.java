package dev.howdah.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.concurrent.atomic.AtomicLong;
import net.logstash.logback.appender.LoggingEventAsyncDisruptorAppender;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** The appender that most use to ship errors elsewhere, before one that does nothing. */
final class LogstashTarget implements LoggingTarget {

  private final LoggerContext context = new LoggerContext();
  private final Counting logged = new Counting();
  private final Counting shipped = new Counting();

  LogstashTarget() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    start(logged);
    start(shipped);
    LoggingEventAsyncDisruptorAppender disruptor = new LoggingEventAsyncDisruptorAppender();
    disruptor.setContext(context);
    disruptor.setRingBufferSize(CallerBenchmark.RING_SIZE);
    disruptor.addAppender(shipped);
    disruptor.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(logged);
    root.addAppender(disruptor);
  }

  private void start(Counting appender) {
    appender.setContext(context);
    appender.start();
  }

  private static final class Counting extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final AtomicLong events = new AtomicLong();

    @Override
    protected void append(ILoggingEvent event) {
      events.incrementAndGet();
    }
  }

  @Override
  public Logger logger() {
    return context.getLogger("shop.Checkout");
  }

  @Override
  public long pending() {
    return logged.events.get() - shipped.events.get();
  }

  @Override
  public void close() {
    context.stop();
  }
}
