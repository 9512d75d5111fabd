package dev.howdah.logback;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.howdah.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.MDC;

/** A LoggerContext that Joran sets up from XML, as in an application, with a schema of its own. */
final class XmlFixture implements AutoCloseable {

  final LoggerContext context = new LoggerContext();
  final String schema = TestDatabase.newSchemaName();
  private final TestDatabase db;
  private final Path directory;

  XmlFixture(TestDatabase db, Path directory) {
    this.db = db;
    this.directory = directory;
    context.setMDCAdapter(MDC.getMDCAdapter());
  }

  /** Where the database is, and as whom to come. */
  String connection() {
    return "<url>"
        + db.url()
        + "</url><username>"
        + db.username()
        + "</username><password>"
        + AppenderFixture.password(db)
        + "</password>";
  }

  /** Elements that keep tests apart and quick. */
  String surroundings() {
    return "<schema>"
        + schema
        + "</schema><directory>"
        + directory
        + "</directory><shutdownHook>false</shutdownHook>"
        + "<retryMin>20 ms</retryMin><retryMax>100 ms</retryMax>";
  }

  /** The whole file, with these elements in the appender's. */
  static String file(String elements) {
    return "<configuration><appender name='PG' class='dev.howdah.logback.PostgresAppender'>"
        + elements
        + "</appender><root level='INFO'><appender-ref ref='PG'/></root></configuration>";
  }

  /** Configures, with these elements and the surroundings in the appender's. */
  Logger configure(String elements) throws JoranException {
    String xml = file(elements + surroundings());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    return context.getLogger("shop.Checkout");
  }

  PostgresAppender appender() {
    return (PostgresAppender)
        Objects.requireNonNull(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("PG"));
  }

  void awaitWritten(long events) {
    PostgresAppender appender = appender();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Objects.requireNonNull(appender.getStats()).written() == events);
  }

  List<String> complaints() {
    return AppenderFixture.complaints(context);
  }

  @Override
  public void close() {
    context.stop();
    MDC.clear();
  }
}
