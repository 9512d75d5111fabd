package dev.howdah.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import io.sentry.NoOpTransportFactory;
import io.sentry.Sentry;
import io.sentry.SentryOptions;
import io.sentry.logback.SentryAppender;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** Sentry's appender with its defaults, but for a transport that sends nothing. */
final class SentryTarget implements LoggingTarget {

  private final LoggerContext context = new LoggerContext();

  SentryTarget() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    SentryOptions options = new SentryOptions();
    options.setDsn("http://key@127.0.0.1/1");
    options.setTransportFactory(NoOpTransportFactory.getInstance());
    options.setEnableUncaughtExceptionHandler(false);
    SentryAppender appender = new SentryAppender();
    appender.setOptions(options);
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  @Override
  public Logger logger() {
    return context.getLogger("shop.Checkout");
  }

  @Override
  public void close() {
    context.stop();
    Sentry.close();
  }
}
