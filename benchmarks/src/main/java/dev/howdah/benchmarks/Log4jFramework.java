package dev.howdah.benchmarks;

import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;

/**
 * Log4j2 by its own interface; it has no key-values, so the duration is in the thread's context.
 *
 * @param loggers gives the logger of a name
 */
record Log4jFramework(Function<String, Logger> loggers) implements Framework {

  @Override
  public Call call(LogEvent event) {
    Logger logger = loggers.apply(event.logger());
    Level level = Level.valueOf(event.level().name());
    Object[] arguments = event.arguments().toArray();
    return duration -> {
      ThreadContext.put("duration_ms", Integer.toString(duration));
      logger.log(level, event.template(), arguments);
    };
  }

  @Override
  public void put(String key, String value) {
    ThreadContext.put(key, value);
  }

  @Override
  public void clear() {
    ThreadContext.clearAll();
  }
}
