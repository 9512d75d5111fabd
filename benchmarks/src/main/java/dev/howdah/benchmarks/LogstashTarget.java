package dev.howdah.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.util.Duration;
import net.logstash.logback.appender.LoggingEventAsyncDisruptorAppender;
import org.slf4j.Logger;
import org.slf4j.MDC;

/**
 * The appender that most use to ship events elsewhere, before one that does nothing; drops nothing.
 */
final class LogstashTarget implements LoggingTarget {

  private final LoggerContext context = new LoggerContext();
  private final Ring ring = new Ring();

  LogstashTarget() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    EmptyAppender empty = new EmptyAppender();
    empty.setContext(context);
    empty.start();
    ring.setContext(context);
    ring.setRingBufferSize(CallerBenchmark.RING_SIZE);
    ring.setAppendTimeout(Duration.buildByMilliseconds(-1));
    ring.addAppender(empty);
    ring.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(ring);
  }

  /** Tells what only subclasses are told. */
  private static final class Ring extends LoggingEventAsyncDisruptorAppender {
    boolean isEmpty() {
      return isRingBufferEmpty();
    }
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
    return ring.isEmpty() ? 0 : 1;
  }

  @Override
  public void close() {
    context.stop();
  }
}
