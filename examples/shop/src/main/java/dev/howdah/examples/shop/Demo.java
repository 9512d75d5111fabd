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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a PostgreSQL and a shop, sends the shop a few thousand requests, and shows by SQL what it
 * logged. Ends with exit code 1 when anything that was logged did not arrive.
 */
public final class Demo {

  private Demo() {}

  /**
   * Runs the demo.
   *
   * @param args {@code --keep} to stay up, {@code --url jdbc:postgresql://…} to use a server that
   *     is there
   * @throws Exception when the server or the shop can't start
   */
  public static void main(String[] args) throws Exception {
    List<String> options = Arrays.asList(args);
    // The server's own start logs too, before there is a URL for logback.xml to read.
    System.setProperty("logback.configurationFile", "logback-before-demo.xml");
    TestDatabase database = database(options);
    // What a user's deployment would set in the environment: logback.xml reads these.
    System.setProperty("DATABASE_URL", database.url());
    System.setProperty("DATABASE_USER", database.username());
    System.setProperty(
        "DATABASE_PASSWORD", database.password().isEmpty() ? "none" : database.password());
    PostgresAppender appender = configureLogging();

    boolean complete = false;
    try {
      int answered = runShop(database);
      appender.stop();
      show(database);
      complete = isComplete(database, appender, answered);
      if (options.contains("--keep")) {
        connectWith(database);
        System.out.println("Stays up until Ctrl-C.");
        Thread.currentThread().join();
      }
    } finally {
      System.exit(complete ? 0 : 1);
    }
  }

  private static TestDatabase database(List<String> options) {
    int url = options.indexOf("--url");
    if (url < 0) {
      return PostgresServer.shared().createDatabase();
    }
    if (url + 1 == options.size()) {
      System.err.println("--url needs a value: jdbc:postgresql://host:port/database?user=…");
      System.exit(2);
    }
    return PostgresServer.at(options.get(url + 1)).root();
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
        "%n%d events were logged, %d of them are in PostgreSQL; %d requests were answered, %d are in"
            + " the log.%n",
        stats.logged(), arrived, answered, requests);
    return arrived == stats.logged() && requests == answered && answered == Load.REQUESTS;
  }

  private static PostgresAppender configureLogging() throws JoranException {
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

  private static void show(TestDatabase database) throws Exception {
    Answers answers = new Answers(database);
    answers.print(
        "The tail",
        """
        SELECT to_char(logged_at, 'HH24:MI:SS.MS') AS at, level, logger, message
        FROM monitoring.logs
        WHERE service = 'shop'
        ORDER BY logged_at DESC, seq DESC
        LIMIT 10
        """);
    answers.print(
        "Events by level",
        """
        SELECT level, count(*)
        FROM monitoring.logs
        WHERE service = 'shop'
        GROUP BY level
        ORDER BY level
        """);
    answers.print(
        "Errors by type",
        """
        SELECT split_part(stack_trace, E'\\n', 1) AS error, count(*), count(DISTINCT stack_id) AS stacks
        FROM monitoring.logs
        WHERE service = 'shop'
          AND level >= 'ERROR'
          AND logged_at > now() - interval '1 hour'
        GROUP BY 1
        ORDER BY 2 DESC
        LIMIT 8
        """);
    answers.print(
        "The slowest requests",
        """
        SELECT (context->>'duration_ms')::numeric AS duration_ms,
               context->>'path' AS path,
               context->>'status' AS status,
               context->>'user_id' AS user_id
        FROM monitoring.logs
        WHERE service = 'shop'
          AND context->>'duration_ms' IS NOT NULL
        ORDER BY 1 DESC
        LIMIT 5
        """);
    String stack =
        """
        SELECT stack_trace
        FROM monitoring.logs
        WHERE service = 'shop'
          AND stack_trace LIKE 'java.lang.NullPointerException%'
        ORDER BY logged_at DESC
        LIMIT 1
        """;
    System.out.println("\n== One full stack trace\n\n" + stack.strip().indent(4));
    System.out.println(String.valueOf(database.value(stack)).indent(4));
  }

  private static void connectWith(TestDatabase database) {
    System.out.printf(
        "Look for yourself:  psql -h %s -p %d -U %s %s%n",
        database.host(), database.port(), database.username(), database.name());
  }
}
