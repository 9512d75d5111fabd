package dev.howdah.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** Logback with an appender that formats the message and does nothing with it. */
final class FormattingTarget implements LoggingTarget {

  private final LoggerContext context = new LoggerContext();

  FormattingTarget() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    FormattingAppender appender = new FormattingAppender();
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  private static final class FormattingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** Written, so that the compiler can't leave the formatting out. */
    @SuppressWarnings("unused")
    private @Nullable String last;

    @Override
    protected void append(ILoggingEvent event) {
      last = event.getFormattedMessage();
    }
  }

  @Override
  public Logger logger() {
    return context.getLogger("shop.Checkout");
  }

  @Override
  public void close() {
    context.stop();
  }
}
