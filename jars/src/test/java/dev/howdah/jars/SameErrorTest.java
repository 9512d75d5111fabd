package dev.howdah.jars;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** A service that moves from one framework to the other keeps its errors' fingerprints. */
@PostgresTest
class SameErrorTest {

  private final TestDatabase db;
  @TempDir private Path directory;

  SameErrorTest(TestDatabase db) {
    this.db = db;
  }

  private String password() {
    return db.password().isEmpty() ? "none" : db.password();
  }

  private static Exception noStock() {
    return new IllegalStateException("no stock", new java.io.IOException("closed"));
  }

  @Test
  void oneBugIsOneGroupOnLogbackAndOnLog4j2() {
    logByLogback(noStock());
    logByLog4j2(noStock());

    assertThat(
            db.query(
                "SELECT logger, message, group_id IS NOT NULL FROM monitoring.logs ORDER BY logger"))
        .containsExactly(
            List.of("other.Logger", "failed", "t"), List.of("shop.Checkout", "failed", "t"));
    assertThat(db.query("SELECT occurrences, service FROM monitoring.issues"))
        .containsExactly(List.of("2", "shop"));
    assertThat(db.query("SELECT message, stack_trace IS NOT NULL FROM monitoring.errors"))
        .containsExactly(List.of("no stock", "t"), List.of("no stock", "t"));
  }

  private void logByLogback(Exception error) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    var appender = new dev.howdah.logback.PostgresAppender();
    appender.setContext(context);
    appender.setUrl(db.url());
    appender.setUsername(db.username());
    appender.setPassword(password());
    appender.setService("shop");
    appender.setDirectory(directory.toString());
    appender.setShutdownHook("false");
    appender.start();
    context.getLogger("shop.Checkout").addAppender(appender);
    context.getLogger("shop.Checkout").error("failed", error);
    appender.stop();
  }

  private void logByLog4j2(Exception error) {
    var appender =
        dev.howdah.log4j2.PostgresAppender.newBuilder()
            .setName("PG")
            .set("url", db.url())
            .set("username", db.username())
            .set("password", password())
            .set("service", "shop")
            .set("directory", directory.toString())
            .set("shutdownHook", "false")
            .build();
    appender.start();
    appender.append(
        Log4jLogEvent.newBuilder()
            .setLoggerName("other.Logger")
            .setLevel(Level.ERROR)
            .setMessage(new SimpleMessage("failed"))
            .setThrown(error)
            .build());
    appender.stop();
  }
}
