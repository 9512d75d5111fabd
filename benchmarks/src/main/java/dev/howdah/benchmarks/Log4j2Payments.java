package dev.howdah.benchmarks;

import dev.howdah.log4j2.PostgresAppender;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.core.jmx.RingBufferAdminMBean;
import org.apache.logging.log4j.message.ReusableMessageFactory;
import org.apache.logging.log4j.util.Unbox;
import org.jspecify.annotations.Nullable;

/**
 * The call by Log4j2's own API, as its documentation says for programs without garbage: reused
 * messages, numbers unboxed. Log4j2 has no key-values: all four values are in the ThreadContext.
 */
final class Log4j2Payments implements PaymentLog {

  private final LoggerContext context;
  private final @Nullable JournalFolder folder;
  private final Logger logger;
  private final @Nullable PostgresAppender howdah;
  private final @Nullable AsyncAppender queue;
  private final @Nullable RingBufferAdminMBean ring;

  private Log4j2Payments(
      LoggerContext context, @Nullable JournalFolder folder, String appenders, String first) {
    this.context = context;
    this.folder = folder;
    context.start(new XmlConfiguration(context, file(appenders, first)));
    logger = context.getLogger("shop.Checkout", ReusableMessageFactory.INSTANCE);
    howdah = context.getConfiguration().getAppender("PG");
    queue = context.getConfiguration().getAppender("ASYNC");
    ring = context instanceof AsyncLoggerContext async ? async.createRingBufferAdmin() : null;
  }

  /** Howdah behind Log4j2's usual loggers. */
  static Log4j2Payments howdah(TestDatabase database, Load load) {
    return howdah(new LoggerContext("caller"), database, load);
  }

  /** Howdah behind asynchronous loggers, which have a ring of their own. */
  static Log4j2Payments behindAsyncLoggers(TestDatabase database, Load load) {
    return howdah(new AsyncLoggerContext("caller"), database, load);
  }

  private static Log4j2Payments howdah(LoggerContext context, TestDatabase database, Load load) {
    JournalFolder folder = new JournalFolder();
    return new Log4j2Payments(context, folder, postgres(database, folder, load), "PG");
  }

  /** Log4j2's AsyncAppender before an appender that does nothing; drops nothing. */
  static Log4j2Payments asyncAppender() {
    String appenders =
        "<Null name='NULL'/><Async name='ASYNC' bufferSize='%d'><AppenderRef ref='NULL'/></Async>"
            .formatted(CallerBenchmark.RING_SIZE);
    return new Log4j2Payments(new LoggerContext("caller"), null, appenders, "ASYNC");
  }

  private static String postgres(TestDatabase database, JournalFolder folder, Load load) {
    return "<Postgres name='PG' url='%s' username='%s' password='%s' service='benchmark' directory='%s' %s/>"
        .formatted(
            database.url().replace("&", "&amp;"),
            database.username(),
            database.password().isEmpty() ? "none" : database.password(),
            folder,
            load == Load.BURSTS
                ? "onFull='drop' flushInterval='10 ms'"
                : "onFull='block' onFullTimeout='5 min'");
  }

  private static ConfigurationSource file(String appenders, String first) {
    String xml =
        "<Configuration><Appenders>%s</Appenders><Loggers><Root level='INFO'><AppenderRef ref='%s'/></Root></Loggers></Configuration>"
            .formatted(appenders, first);
    try {
      return new ConfigurationSource(
          new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void startRequest() {
    ThreadContext.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    ThreadContext.put("user_id", "user-4711");
    ThreadContext.put("order_id", "4711");
    ThreadContext.put("currency", "EUR");
  }

  @Override
  public void accepted(int order) {
    logger.info("payment of {} for order {} accepted", "12.50", Unbox.box(order));
  }

  @Override
  public boolean isBusy() {
    if (ring != null && ring.getRemainingCapacity() < ring.getBufferSize()) {
      return true;
    }
    if (queue != null) {
      return queue.getQueueSize() > 0;
    }
    return stats().pending() + stats().journaled() > 0;
  }

  @Override
  public long dropped() {
    return howdah == null ? 0 : stats().dropped();
  }

  private PipelineStats stats() {
    return Objects.requireNonNull(Objects.requireNonNull(howdah).getStats());
  }

  @Override
  public void close() {
    try (folder) {
      context.stop();
    }
  }
}
