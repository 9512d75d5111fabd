package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.conformance.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.MDC;

/** An appender in a LoggerContext and a schema of its own. */
final class AppenderFixture implements AutoCloseable {

  final LoggerContext context = new LoggerContext();
  final PostgresAppender appender = new PostgresAppender();
  final String schema;
  private final TestDatabase db;

  AppenderFixture(TestDatabase db, Path directory) {
    this(db, directory, TestDatabase.newSchemaName());
  }

  /** For appenders that share a schema. */
  AppenderFixture(TestDatabase db, Path directory, String schema) {
    this.db = db;
    this.schema = schema;
    context.setMDCAdapter(MDC.getMDCAdapter());
    appender.setContext(context);
    appender.setName("PG");
    appender.setUrl(db.url());
    appender.setUsername(db.username());
    appender.setPassword(password(db));
    appender.setSchema(schema);
    appender.setService("test");
    appender.setDirectory(directory.toString());
    appender.setShutdownHook("false");
    appender.setRetryMin("20 ms");
    appender.setRetryMax("100 ms");
  }

  /** Where no password is asked for, any will do: none at all would be looked up elsewhere. */
  static String password(TestDatabase db) {
    return db.password().isEmpty() ? "none" : db.password();
  }

  Logger start() {
    appender.start();
    Logger logger = context.getLogger("shop.Checkout");
    logger.addAppender(appender);
    return logger;
  }

  String logs() {
    return schema + ".logs";
  }

  PipelineStats stats() {
    return Objects.requireNonNull(appender.getStats());
  }

  /** What the status list says at WARN and above: each with its stack trace, if any. */
  List<String> complaints() {
    return complaints(context);
  }

  static List<String> complaints(LoggerContext context) {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter(status -> status.getLevel() >= Status.WARN)
        .map(status -> Session.complaint(status.getMessage(), status.getThrowable()))
        .toList();
  }

  void awaitDrained() {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> stats().pending() + stats().journaled() == 0);
  }

  /** The ledger holds, by the counters and by SQL alike. */
  void assertBalanced() {
    PipelineStats stats = stats();
    assertThat(
            stats.written()
                + stats.dropped()
                + stats.rejected()
                + stats.journaled()
                + stats.pending())
        .as(stats.toString())
        .isEqualTo(stats.logged());
    assertThat(db.query("SELECT count(*), count(DISTINCT seq) FROM " + schema + ".log_events"))
        .as("rows, and distinct ones")
        .containsExactly(List.of("" + stats.written(), "" + stats.written()));
  }

  @Override
  public void close() {
    appender.stop();
    context.stop();
    MDC.clear();
  }
}
