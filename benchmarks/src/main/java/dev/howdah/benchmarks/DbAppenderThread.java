package dev.howdah.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.db.DBAppender;
import ch.qos.logback.core.db.DataSourceConnectionSource;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.TestDatabase;
import org.slf4j.Logger;
import org.slf4j.MDC;

/**
 * A thread that logs through Logback's DBAppender into its three tables. Each event is a
 * transaction of its own; key-values are not written.
 */
final class DbAppenderThread implements Contender, AutoCloseable {

  static final String NAME = "Logback DBAppender";

  private final LoggerContext context = new LoggerContext();
  private final HikariDataSource pool;
  private final Traffic traffic;
  private final int events;

  /** Starts; makes the tables. */
  DbAppenderThread(TestDatabase database, LogLines lines, int events) {
    this.events = events;
    SqlScript.of(DBAppender.class, "script/postgresql.sql").withoutDrops().run(database);
    pool = JdbcPool.open(database);
    context.setMDCAdapter(MDC.getMDCAdapter());
    DataSourceConnectionSource source = new DataSourceConnectionSource();
    source.setContext(context);
    source.setDataSource(pool);
    source.start();
    DBAppender appender = new DBAppender();
    appender.setContext(context);
    appender.setConnectionSource(source);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    traffic = new Traffic(new LogbackFramework(context::getLogger), lines);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public String table() {
    return "logging_event";
  }

  @Override
  public String key() {
    return "event_id";
  }

  @Override
  public void write() {
    traffic.log(0, 1, events);
  }

  @Override
  public void close() {
    context.stop();
    pool.close();
  }
}
