package dev.howdah.benchmarks;

import ch.qos.logback.classic.Logger;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * Logback by SLF4J; the duration is a key-value.
 *
 * @param loggers gives the logger of a name
 */
record LogbackFramework(Function<String, Logger> loggers) implements Framework {

  @Override
  public Call call(LogEvent event) {
    Logger logger = loggers.apply(event.logger());
    Object[] arguments = event.arguments().toArray();
    return duration ->
        logger
            .atLevel(event.level())
            .addKeyValue("duration_ms", duration)
            .log(event.template(), arguments);
  }

  @Override
  public void put(String key, String value) {
    MDC.put(key, value);
  }

  @Override
  public void clear() {
    MDC.clear();
  }
}
