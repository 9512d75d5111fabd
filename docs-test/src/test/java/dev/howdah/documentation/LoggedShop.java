package dev.howdah.documentation;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.howdah.logback.PostgresAppender;
import dev.howdah.testkit.TestDatabase;
import org.slf4j.MDC;

/** A database in which each documented question has an answer. */
final class LoggedShop {

  private final TestDatabase db;

  LoggedShop(TestDatabase db) {
    this.db = db;
  }

  void log() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    PostgresAppender appender = new PostgresAppender();
    appender.setContext(context);
    appender.setUrl(db.url());
    appender.setUsername(db.username());
    appender.setPassword(passwordOf(db));
    appender.setService("checkout");
    appender.setEnvironment("production");
    appender.setRelease("1.4.2");
    appender.setIncludeCallerData("true");
    appender.setShutdownHook("false");
    appender.start();
    Logger logger = context.getLogger("com.example.Checkout");
    logger.addAppender(appender);
    lines(logger);
    appender.stop();
    context.stop();
    // What an overload leaves behind; to have a real one here would take long.
    db.execute(
        """
        UPDATE monitoring.instances SET dropped = 3;
        INSERT INTO monitoring.call_sites (site_id, logger) VALUES (1, 'dev.howdah');
        INSERT INTO monitoring.log_events
          (logged_at, instance_id, seq, level, site_id, message, context)
        SELECT now(), instance_id, 99, 'WARN', 1, 'Howdah lost 3 events', '{"dropped.FULL.INFO": 3}'
        FROM monitoring.instances;
        """);
    channel();
    orders();
    pgCron();
    oldTables();
  }

  /** Where there is no password any will do, but Logback has to find one. */
  static String passwordOf(TestDatabase db) {
    return db.password().isEmpty() ? "none" : db.password();
  }

  private static void lines(Logger logger) {
    MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    MDC.put("user_id", "7");
    logger.info("order of product {} placed", 3);
    logger
        .atInfo()
        .addKeyValue("path", "/order")
        .addKeyValue("status", 200)
        .addKeyValue("duration_ms", 812.5)
        .log("request completed: {} {}", 200, "/order");
    logger.atWarn().addKeyValue("order_id", 42).log("payment is slow");
    logger
        .atError()
        .addKeyValue("order_id", 42)
        .setCause(new IllegalStateException("card refused"))
        .log("payment failed for {}", "ann");
    logger
        .atError()
        .addKeyValue("fingerprint", "payment_timeout_error")
        .setCause(new IllegalStateException("no answer from the bank"))
        .log("payment of {} failed", 12.5);
    MDC.clear();
  }

  /** A channel of the shop's, whose receiver refuses the first of its messages. */
  private void channel() {
    db.execute(
        """
        SELECT monitoring.register_channel('checkout', 'production', 'slack', 'slack', false,
          '{"notify_on": [1], "every": 0, "regressions": true, "spike_factor": 0, "spike_floor": 1,
            "error_rate": 0, "level": "ERROR", "services": ["checkout"],
            "environments": ["production"], "exception_types": [], "loggers": [],
            "time_zone": "UTC", "max_per_hour": 0, "give_up_after": "1 day"}');
        """);
    decisions();
    db.execute(
        """
        SELECT monitoring.notification_failed(m.notification_id, m.attempt, '404: no_service', NULL)
        FROM monitoring.notification_channels c
        CROSS JOIN LATERAL monitoring.claim_notification(c.channel_id, '1 minute') m;
        """);
  }

  /** A team has looked at the errors; what it resolved comes back. */
  private void decisions() {
    db.execute(
        """
        SELECT monitoring.resolve_error('payment_timeout_error', p_by => 'ann');
        SELECT monitoring.reopen_error('payment_timeout_error', p_by => 'ann');
        SELECT monitoring.resolve_error(fingerprint, p_by => 'ann') FROM monitoring.issues;
        INSERT INTO monitoring.error_deltas (group_id, occurrences, first_seen, last_seen, release)
        SELECT group_id, 1, clock_timestamp(), clock_timestamp(), '1.4.2'
        FROM monitoring.error_groups;
        SELECT monitoring.fold_errors();
        """);
  }

  /** The application's own table. */
  private void orders() {
    db.execute(
        """
        CREATE TABLE orders (order_id bigint PRIMARY KEY, total numeric NOT NULL);
        INSERT INTO orders VALUES (42, 99.90);
        """);
  }

  /** A stand-in for the extension: takes what its function takes, and runs the command at once. */
  private void pgCron() {
    db.execute(
        """
        CREATE SCHEMA cron;
        CREATE FUNCTION cron.schedule(job_name text, schedule text, command text)
        RETURNS bigint
        LANGUAGE plpgsql
        AS $$
        BEGIN
          IF schedule !~ '^(\\S+ ){4}\\S+$' THEN
            RAISE EXCEPTION 'no schedule: %', schedule;
          END IF;
          EXECUTE command;
          RETURN 1;
        END
        $$;
        """);
  }

  /** The tables that other appenders write, for those who move from them. */
  private void oldTables() {
    db.execute(
        """
        CREATE TABLE application_log (
          logged_at timestamp,
          level     varchar(10),
          marker    varchar(100),
          logger    varchar(200),
          message   varchar(2000),
          mdc       varchar(2000),
          ndc       varchar(2000),
          thrown    varchar(8000)
        );
        CREATE TABLE logging_event (event_id bigint);
        CREATE TABLE logging_event_property (event_id bigint);
        CREATE TABLE logging_event_exception (event_id bigint);
        """);
  }
}
