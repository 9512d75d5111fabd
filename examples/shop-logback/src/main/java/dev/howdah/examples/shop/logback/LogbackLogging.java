package dev.howdah.examples.shop.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.howdah.examples.shop.Logging;
import dev.howdah.logback.PostgresAppender;
import dev.howdah.pipeline.PipelineStats;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logback as logback.xml sets it up. An application needs none of this: Logback finds the file by
 * itself.
 *
 * @param appender the one named PG
 */
record LogbackLogging(PostgresAppender appender) implements Logging {

  static LogbackLogging start() throws JoranException {
    System.clearProperty("logback.configurationFile");
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
    return new LogbackLogging(
        (PostgresAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("PG"));
  }

  @Override
  public void stop() {
    appender.stop();
  }

  @Override
  public PipelineStats stats() {
    return Objects.requireNonNull(appender.getStats());
  }

  @Override
  public long instanceId() {
    return Objects.requireNonNull(appender.getInstanceId());
  }
}
