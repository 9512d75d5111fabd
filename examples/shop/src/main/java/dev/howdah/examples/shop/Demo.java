package dev.howdah.examples.shop;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.Arrays;
import java.util.List;
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
    int url = options.indexOf("--url");
    TestDatabase database =
        url >= 0
            ? PostgresServer.at(options.get(url + 1)).root()
            : PostgresServer.shared().createDatabase();
    // What a user's deployment would set in the environment: logback.xml reads these.
    System.setProperty("DATABASE_URL", database.url());
    System.setProperty("DATABASE_USER", database.username());
    System.setProperty(
        "DATABASE_PASSWORD", database.password().isEmpty() ? "none" : database.password());

    configureLogging();

    long before = completed(database);
    int answered = runShop(database);
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    show(database);

    long arrived = completed(database) - before;
    System.out.printf("%n%d requests were answered, %d are in the log.%n", answered, arrived);
    connectWith(database);
    if (options.contains("--keep")) {
      System.out.println("\nStays up until Ctrl-C.");
      Thread.currentThread().join();
    }
    System.exit(arrived == answered && answered == Load.REQUESTS ? 0 : 1);
  }

  private static void configureLogging() throws JoranException {
    System.clearProperty("logback.configurationFile");
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
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

  private static long completed(TestDatabase database) {
    return database.value("SELECT to_regclass('monitoring.logs')") == null
        ? 0
        : database.count(
            "SELECT count(*) FROM monitoring.logs WHERE message LIKE 'request completed%'");
  }

  private static void show(TestDatabase database) throws Exception {
    Answers answers = new Answers(database);
    answers.print(
        "The tail",
        """
        SELECT to_char(logged_at, 'HH24:MI:SS.MS') AS at, level, logger, message
        FROM monitoring.logs
        WHERE service = 'shop'
        ORDER BY logged_at DESC
        LIMIT 8
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
        WHERE level >= 'ERROR'
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
        WHERE context->>'duration_ms' IS NOT NULL
        ORDER BY 1 DESC
        LIMIT 5
        """);
    String stack =
        """
        SELECT stack_trace
        FROM monitoring.logs
        WHERE stack_trace LIKE 'java.lang.NullPointerException%'
        ORDER BY logged_at DESC
        LIMIT 1
        """;
    System.out.println("\n== One full stack trace\n\n" + stack.strip().indent(4));
    System.out.println(String.valueOf(database.value(stack)).indent(4));
  }

  private static void connectWith(TestDatabase database) {
    System.out.printf(
        "Look for yourself (with --keep):  psql -h %s -p %d -U %s %s%n",
        database.host(), database.port(), database.username(), database.name());
  }
}
