package dev.howdah.examples.shop.log4j2;

import dev.howdah.examples.shop.Logging;
import dev.howdah.log4j2.PostgresAppender;
import dev.howdah.pipeline.PipelineStats;
import java.util.Objects;
import org.apache.logging.log4j.core.LoggerContext;

/**
 * Log4j2 as log4j2.xml sets it up. An application needs none of this: Log4j2 finds the file by
 * itself.
 *
 * @param context what Log4j2 has set up
 * @param appender the one named PG
 */
record Log4j2Logging(LoggerContext context, PostgresAppender appender) implements Logging {

  static Log4j2Logging start() {
    System.clearProperty("log4j2.configurationFile");
    LoggerContext context = LoggerContext.getContext(false);
    context.setConfigLocation(null);
    return new Log4j2Logging(context, context.getConfiguration().getAppender("PG"));
  }

  @Override
  public void stop() {
    context.stop();
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
