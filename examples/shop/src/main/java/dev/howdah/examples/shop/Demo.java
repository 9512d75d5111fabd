package dev.howdah.examples.shop;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.logback.PostgresAppender;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a PostgreSQL and a shop, sends the shop a few thousand requests, and shows by SQL what it
 * logged.
 *
 * <p>Exit codes: 0 when everything that was logged has arrived, 1 when not, 2 for a wrong command
 * line.
 */
public final class Demo {

  private Demo() {}

  /**
   * Runs the demo.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) {
    try {
      Options options = Options.parse(args);
      if (options.help()) {
        System.out.print(Options.USAGE);
        return 0;
      }
      return run(options, database(options));
    } catch (IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage() + "\n\n" + Options.USAGE);
      return 2;
    } catch (Exception e) {
      System.err.println("demo: it did not work: " + e.getMessage());
      e.printStackTrace();
      return 1;
    }
  }

  private static TestDatabase database(Options options) {
    // The server's own start logs too, before there is a URL for logback.xml to read.
    System.setProperty("logback.configurationFile", "logback-before-demo.xml");
    String url = options.url();
    return url == null ? PostgresServer.shared().createDatabase() : PostgresServer.at(url).root();
  }

  private static int run(Options options, TestDatabase database) throws Exception {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    PostgresAppender appender = configureLogging(database);
    int answered = runShop(database);
    appender.stop();
    show(new Answers(database), start);
    boolean complete = isComplete(database, appender, answered);
    if (options.keep() || options.url() != null) {
      connectWith(database);
    } else {
      System.out.println("To look around with psql: bin/demo --keep");
    }
    if (options.keep()) {
      System.out.println("Stays up until Ctrl-C.");
      Thread.currentThread().join();
    }
    return complete ? 0 : 1;
  }

  /** As a deployment would: by what it sets in the environment, which logback.xml reads. */
  private static PostgresAppender configureLogging(TestDatabase database) throws JoranException {
    System.setProperty("DATABASE_URL", database.url());
    System.setProperty("DB_USER", database.username());
    System.setProperty("DB_PASSWORD", database.password().isEmpty() ? "none" : database.password());
    System.clearProperty("logback.configurationFile");
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
    return (PostgresAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("PG");
  }

  private static int runShop(TestDatabase database) throws Exception {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(database.url());
    pool.setUsername(database.username());
    pool.setPassword(database.password());
    try (HikariDataSource source = new HikariDataSource(pool)) {
      Orders orders = new Orders(source);
      orders.createTables();
      try (ShopServer shop = new ShopServer(orders)) {
        System.out.printf("The shop takes %d requests …%n", Load.REQUESTS);
        new Load(shop.port()).run();
        return shop.requests();
      }
    }
  }

  private static void show(Answers answers, Instant start) throws Exception {
    // An earlier demo may have logged to the same server.
    String thisRun = "service = 'shop'\n  AND logged_at >= '" + start + "'";
    answers.print(
        "The tail",
        """
        SELECT to_char(logged_at, 'HH24:MI:SS.MS') AS at, level, logger, message
        FROM monitoring.logs
        WHERE %s
        ORDER BY logged_at DESC, seq DESC
        LIMIT 10
        """
            .formatted(thisRun));
    answers.print(
        "Events by level",
        """
        SELECT level, count(*)
        FROM monitoring.logs
        WHERE %s
        GROUP BY level
        ORDER BY level
        """
            .formatted(thisRun));
    answers.print(
        "Errors by type",
        """
        SELECT count(*), split_part(stack_trace, E'\\n', 1) AS error
        FROM monitoring.logs
        WHERE %s
          AND level >= 'ERROR'
        GROUP BY error
        ORDER BY count DESC
        LIMIT 8
        """
            .formatted(thisRun));
    answers.print(
        "The slowest requests",
        """
        SELECT (context->>'duration_ms')::numeric AS duration_ms,
               context->>'path' AS path,
               context->>'status' AS status,
               context->>'user_id' AS user_id
        FROM monitoring.logs
        WHERE %s
          AND context->>'duration_ms' IS NOT NULL
        ORDER BY 1 DESC
        LIMIT 5
        """
            .formatted(thisRun));
    answers.printText(
        "One full stack trace",
        """
        SELECT stack_trace
        FROM monitoring.logs
        WHERE %s
          AND stack_trace LIKE 'java.lang.NullPointerException%%'
        ORDER BY logged_at DESC
        LIMIT 1
        """
            .formatted(thisRun));
  }

  /** Everything that the appender was given is a row of its instance, each once. */
  private static boolean isComplete(
      TestDatabase database, PostgresAppender appender, int answered) {
    PipelineStats stats = Objects.requireNonNull(appender.getStats());
    String rows = " FROM monitoring.logs WHERE instance_id = " + appender.getInstanceId();
    long arrived = database.count("SELECT count(DISTINCT seq)" + rows);
    long requests =
        database.count("SELECT count(*)" + rows + " AND message LIKE 'request completed%'");
    System.out.printf(
        "%n%d events were logged, %d of them are in PostgreSQL;%n"
            + "%d requests were answered, %d are in the log.%n%n",
        stats.logged(), arrived, answered, requests);
    return arrived == stats.logged() && requests == answered && answered == Load.REQUESTS;
  }

  private static void connectWith(TestDatabase database) {
    System.out.printf(
        "Look for yourself:  psql -h %s -p %d -U %s %s%n",
        database.host(), database.port(), database.username(), database.name());
  }
}
