package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.howdah.logback.PostgresAppender;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.io.StringReader;
import java.util.Properties;
import org.flywaydb.core.Flyway;

/** Installs an empty database by Flyway with the settings shown, and logs into it. */
final class FlywaySnippet {

  void run(Snippet snippet) throws Exception {
    Properties settings = new Properties();
    settings.load(new StringReader(snippet.text()));
    TestDatabase db = PostgresServer.shared().createDatabase();
    Flyway flyway =
        Flyway.configure()
            .configuration(settings)
            .dataSource(db.url(), db.username(), db.password())
            .load();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(13);
    assertThat(flyway.migrate().migrationsExecuted).isZero();
    // Else a caller's temporary table would stand in for one of ours in a SECURITY DEFINER
    // function. Three are put into the queries of those that call them, and have theirs.
    assertThat(
            db.query(
                """
                SELECT DISTINCT proconfig[1]
                FROM pg_proc
                WHERE pronamespace = 'monitoring'::regnamespace
                  AND proname NOT IN ('is_one_of', 'is_wanted', 'issue_facts')
                """))
        .hasToString("[[search_path=monitoring, pg_temp]]");

    log(db);
    assertThat(db.count("SELECT count(*) FROM monitoring.logs")).isEqualTo(1);
  }

  private static void log(TestDatabase db) {
    LoggerContext context = new LoggerContext();
    PostgresAppender appender = new PostgresAppender();
    appender.setContext(context);
    appender.setUrl(db.url());
    appender.setUsername(db.username());
    appender.setPassword(LoggedShop.passwordOf(db));
    appender.setAutoMigrate("false");
    appender.setShutdownHook("false");
    appender.start();
    context.getLogger("com.example.Checkout").addAppender(appender);
    context.getLogger("com.example.Checkout").info("installed by Flyway");
    appender.stop();
    context.stop();
  }
}
