package dev.howdah.examples.boot;

import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs the first line of the shop's own and the last. */
@Component
final class OpeningHours {

  private static final Logger LOG = LoggerFactory.getLogger(OpeningHours.class);

  private final Orders orders;
  private final LoggingSystem logging;

  OpeningHours(Orders orders, LoggingSystem logging) {
    this.orders = orders;
    this.logging = logging;
  }

  @EventListener
  void open(ApplicationReadyEvent event) {
    String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
    LOG.atInfo()
        .addKeyValue("port", port)
        .addKeyValue("logging", logging.getClass().getSimpleName())
        .log("the shop is open");
  }

  @PreDestroy
  void close() {
    LOG.info("the shop closes, orders placed: {}", orders.placed());
  }
}
