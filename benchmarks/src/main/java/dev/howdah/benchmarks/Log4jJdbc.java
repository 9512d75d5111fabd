package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.db.jdbc.AbstractConnectionSource;
import org.apache.logging.log4j.core.appender.db.jdbc.ColumnConfig;
import org.apache.logging.log4j.core.appender.db.jdbc.JdbcAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.LoggerConfig;

/**
 * A Log4j2 of its own whose only appender is Log4j2's JdbcAppender, with connections from a pool.
 */
final class Log4jJdbc implements AutoCloseable {

  static final String TABLE = "jdbc_appender";

  private final LoggerContext context = new LoggerContext("jdbc");
  private final HikariDataSource pool;
  private final JdbcAppender appender;

  private Log4jJdbc(TestDatabase database, int buffered) {
    SqlScript.of(Log4jJdbc.class, "jdbc-appender.sql").run(database);
    pool = JdbcPool.open(database);
    context.start(new DefaultConfiguration());
    Configuration configuration = context.getConfiguration();
    appender =
        JdbcAppender.newBuilder()
            .setName("JDBC")
            .setIgnoreExceptions(false)
            .setConnectionSource(new Pooled(pool))
            .setBufferSize(buffered)
            .setTruncateStrings(false)
            .setTableName(TABLE)
            .setColumnConfigs(columns(configuration))
            .build();
    appender.start();
    LoggerConfig root = configuration.getRootLogger();
    root.getAppenders().keySet().forEach(root::removeAppender);
    root.addAppender(appender, null, null);
    root.setLevel(Level.TRACE);
    context.updateLoggers();
  }

  /**
   * Inserts by batches, and makes the table.
   *
   * @param events how many a batch has; a transaction has one
   */
  static Log4jJdbc buffering(TestDatabase database, int events) {
    return new Log4jJdbc(database, events);
  }

  /** Inserts each event by itself, as without settings, and makes the table. */
  static Log4jJdbc unbuffered(TestDatabase database) {
    return new Log4jJdbc(database, 0);
  }

  private static final class Pooled extends AbstractConnectionSource {
    private final HikariDataSource pool;

    Pooled(HikariDataSource pool) {
      this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return pool.getConnection();
    }
  }

  private static ColumnConfig[] columns(Configuration configuration) {
    return new ColumnConfig[] {
      column(configuration, "logged_at").setEventTimestamp(true).build(),
      column(configuration, "service").setLiteral("'benchmark'").build(),
      column(configuration, "seq").setPattern("%sn").build(),
      column(configuration, "logger").setPattern("%logger").build(),
      column(configuration, "level").setPattern("%level").build(),
      column(configuration, "stack").setPattern("%xEx{full}").build(),
      column(configuration, "thread").setPattern("%thread").build(),
      column(configuration, "message").setPattern("%message").build(),
      column(configuration, "context")
          .setPattern(
              "{\"user_id\": \"%enc{%X{user_id}}{JSON}\", \"duration_ms\": %X{duration_ms}}")
          .build(),
      column(configuration, "trace_id").setPattern("%X{trace_id}").build(),
    };
  }

  private static ColumnConfig.Builder column(Configuration configuration, String name) {
    return ColumnConfig.newBuilder()
        .setConfiguration(configuration)
        .setName(name)
        .setUnicode(false); // Else by setNString, which pgjdbc does not know.
  }

  Logger logger(String name) {
    return context.getLogger(name);
  }

  /** Writes what is in the buffer. */
  void flush() {
    appender.getManager().flush();
  }

  @Override
  public void close() {
    context.stop();
    appender.stop();
    pool.close();
  }
}
