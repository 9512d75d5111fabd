package dev.howdah.examples.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Starts a PostgreSQL and a shop, sends the shop a few thousand requests, and shows by SQL what it
 * logged.
 *
 * <p>Exit codes: 0 when everything that was logged has arrived, 1 when not, 2 for a wrong command
 * line.
 */
public final class Demo {

  private final Callable<? extends Logging> framework;
  private final Function<Shop, RequestHandler> requests;

  /**
   * A demo on one logging framework.
   *
   * @param framework reads the framework's configuration, in which {@code DATABASE_URL}, {@code
   *     DB_USER} and {@code DB_PASSWORD} are system properties; called when there is a database
   * @param requests makes what answers the shop's requests, and logs them
   */
  public Demo(Callable<? extends Logging> framework, Function<Shop, RequestHandler> requests) {
    this.framework = framework;
    this.requests = requests;
  }

  /**
   * Runs the demo.
   *
   * @param args see {@code --help}
   * @return the exit code
   */
  public int run(List<String> args) {
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
    String url = options.url();
    return url == null ? PostgresServer.shared().createDatabase() : PostgresServer.at(url).root();
  }

  private int run(Options options, TestDatabase database) throws Exception {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Logging logging = startLogging(database);
    int answered = runShop(database);
    logging.stop();
    show(new Answers(database), start);
    boolean complete = isComplete(database, logging, answered);
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

  /** As a deployment would: by what it sets in the environment, which the configuration reads. */
  private Logging startLogging(TestDatabase database) throws Exception {
    System.setProperty("DATABASE_URL", database.url());
    System.setProperty("DB_USER", database.username());
    System.setProperty("DB_PASSWORD", database.password().isEmpty() ? "none" : database.password());
    return framework.call();
  }

  private int runShop(TestDatabase database) throws Exception {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(database.url());
    pool.setUsername(database.username());
    pool.setPassword(database.password());
    try (HikariDataSource source = new HikariDataSource(pool)) {
      Orders orders = new Orders(source);
      orders.createTables();
      try (ShopServer shop = new ShopServer(requests.apply(new Shop(orders)))) {
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
  private static boolean isComplete(TestDatabase database, Logging logging, int answered) {
    PipelineStats stats = logging.stats();
    String rows = " FROM monitoring.logs WHERE instance_id = " + logging.instanceId();
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
