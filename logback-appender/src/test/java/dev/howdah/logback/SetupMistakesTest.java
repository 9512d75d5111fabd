package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each mistake in the setup gives one complaint, however often it is met again, which names the
 * setting, its value and what would be right. The application goes on, and where the mistake is
 * mended while it runs, what was logged until then arrives.
 */
@PostgresTest
class SetupMistakesTest {

  private static final String SECRET = "hush-hush-42";

  private final TestDatabase db;
  @TempDir Path directory;

  SetupMistakesTest(TestDatabase db) {
    this.db = db;
  }

  @ParameterizedTest
  @CsvSource({
    "onFull, explode, 'one of block, drop, shed'",
    "ringSize, 1000, a power of two from 64 to 1048576",
    "batchSize, 1 parsec, 'a size from 16 KiB to 16 MiB, such as 64 MiB'",
    "flushInterval, soon, a duration from 1 ms to 1 min",
    "maxMessageLength, 12.5, a whole number from 64 to 16777216",
    "includeMDC, yes, true or false",
    "schema, pg_catalog, a PostgreSQL name of 1 to 63 bytes that does not start with pg_",
    "redactPatterns, (open, 'Unclosed group; it must be regular expressions, one a line'",
  })
  void aWrongValueIsNamedAndTheDefaultIsUsed(String setting, String value, String right)
      throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      String schema = fixture.schema;
      Logger logger =
          fixture.configureFile(
              XmlFixture.file(
                  fixture.connection()
                      + fixture.surroundings()
                      + "<%1$s>%2$s</%1$s>".formatted(setting, value)));
      logger.info("still logged");
      fixture.awaitWritten(1);

      assertThat(fixture.complaints())
          .singleElement()
          .asString()
          .startsWith("setting '" + setting + "' has the value '" + value + "'")
          .contains(right)
          .endsWith("; its default is used");
      String used = setting.equals("schema") ? "monitoring" : schema;
      assertThat(db.value("SELECT message FROM " + used + ".logs")).isEqualTo("still logged");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://localhost/app?password=hush-hush-42, jdbc:mysql://localhost/app?password=***",
    "jdbc:postgresql://localhost:port/app, jdbc:postgresql://localhost:port/app",
    "postgres://app:hush-hush-42@localhost/app, postgres://app:***@localhost/app",
    "${NO_SUCH_VARIABLE}, NO_SUCH_VARIABLE_IS_UNDEFINED",
    "jdbc:postgresql://${NO_HOST}/app, jdbc:postgresql://NO_HOST_IS_UNDEFINED/app",
  })
  void aUrlThatCanNotBeOneIsNamedAndTheAppenderDoesNotStart(String url, String shown)
      throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      Logger logger = fixture.configure("<url>" + url + "</url>");
      logger.info("the application goes on");

      assertThat(fixture.appender().isStarted()).isFalse();
      assertThat(fixture.complaints())
          .singleElement()
          .asString()
          .startsWith("appender PG does not start: setting 'url' has the value '" + shown + "': ")
          .endsWith(
              "it must be a JDBC URL of PostgreSQL such as jdbc:postgresql://localhost:5432/app");
    }
  }

  @Test
  void noUrlIsNamedAndTheAppenderDoesNotStart() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      fixture.configure("").info("the application goes on");

      assertThat(fixture.appender().isStarted()).isFalse();
      assertThat(fixture.complaints())
          .containsExactly(
              "appender PG does not start: setting 'url' has no value: it must be a JDBC URL of"
                  + " PostgreSQL such as jdbc:postgresql://localhost:5432/app");
    }
  }

  @Test
  void aPasswordWithoutAValueIsNamedAndTheAppenderDoesNotStart() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      fixture.configure("<url>" + db.url() + "</url><password>${NO_PASSWORD}</password>");

      assertThat(fixture.complaints())
          .containsExactly(
              "appender PG does not start: setting 'password' has the value '***': the variable in"
                  + " it has no value; it must be a text");
    }
  }

  @ParameterizedTest
  @CsvSource({"java:comp/env/jdbc/nowhere", "jdbc/logs", "ldap://127.0.0.1:9/logs"})
  void aJndiNameThatLeadsNowhereIsNamedAndTheAppenderDoesNotStart(String jndiName)
      throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      fixture.configure("<jndiName>" + jndiName + "</jndiName>").info("the application goes on");

      assertThat(fixture.appender().isStarted()).isFalse();
      assertThat(fixture.complaints())
          .singleElement()
          .asString()
          .startsWith(
              "appender PG does not start: setting 'jndiName' has the value '"
                  + jndiName
                  + "': it must be the name of a DataSource, but ");
    }
  }

  @Test
  void anUnknownHostIsNamedWithTheUrl() {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setUrl("jdbc:postgresql://no-such-host.invalid/app?password=" + SECRET);
      fixture.appender.setConnectionTimeout("1 s");
      fixture.start().info("the application goes on");

      assertOneComplaint(
          fixture,
          "setting 'url' has the value 'jdbc:postgresql://no-such-host.invalid/app?password=***'",
          "its host, port and TLS parameters must fit a server that runs",
          "java.net.UnknownHostException: no-such-host.invalid");
    }
  }

  @Test
  void aRefusedPortIsNamedWithTheUrlAndEventsWait() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port());
        AppenderFixture fixture = new AppenderFixture(db, directory)) {
      proxy.refuse();
      String url = "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name();
      fixture.appender.setUrl(url);
      fixture.appender.setConnectionTimeout("1 s");
      fixture.start().info("waits");
      assertOneComplaint(
          fixture,
          "PostgreSQL can't be reached; events are kept and tried again",
          "setting 'url' has the value '" + url + "'");

      proxy.accept();

      assertArrivesInTheEnd(fixture);
    }
  }

  @Test
  void anUnknownDatabaseIsNamedWithTheUrlAndEventsWait() {
    String name = db.name() + "_later";
    TestDatabase later = new TestDatabase(db.host(), db.port(), name, db.username(), db.password());
    try (AppenderFixture fixture = new AppenderFixture(later, directory)) {
      fixture.appender.setConnectionTimeout("1 s");
      fixture.start().info("waits");
      assertOneComplaint(
          fixture,
          "there is no such database: setting 'url' has the value '" + later.url() + "'",
          "it must name one that exists",
          "3D000");

      db.execute("CREATE DATABASE " + name);

      assertArrivesInTheEnd(fixture);
    } finally {
      db.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }

  @Test
  void aWrongPasswordIsToldWithoutShowingItAndEventsWait() throws Exception {
    Path hba =
        Files.writeString(
            directory.resolve("pg_hba.conf"),
            """
            host all postgres all trust
            host all all      all scram-sha-256
            """);
    try (EmbeddedServer server = EmbeddedServer.start(Map.of("hba_file", hba.toString()));
        AppenderFixture fixture = new AppenderFixture(server.root(), directory)) {
      server.root().execute("CREATE ROLE app SUPERUSER LOGIN PASSWORD 'right'");
      fixture.appender.setUsername("app");
      fixture.appender.setPassword(SECRET);
      fixture.appender.setConnectionTimeout("1 s");
      fixture.start().info("waits");
      assertOneComplaint(
          fixture,
          "the server refused the login: check the settings 'username' and 'password'",
          "28P01",
          "password authentication failed for user \"app\"");

      server.root().execute("ALTER ROLE app PASSWORD '" + SECRET + "'");

      assertArrivesInTheEnd(fixture);
    }
  }

  @Test
  void missingRightsAreToldAndEventsWaitForThem() throws Exception {
    String role = "r_" + AppenderFixture.newSchema();
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      install(fixture.schema);
      db.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + SECRET + "'");
      fixture.appender.setUsername(role);
      fixture.appender.setPassword(SECRET);
      fixture.start().info("waits");
      assertOneComplaint(
          fixture,
          "rights are missing in schema '" + fixture.schema + "'",
          "grant the role howdah_writer to the user",
          "autoMigrate=false");

      db.execute("GRANT howdah_writer TO " + role);

      assertArrivesInTheEnd(fixture);
    } finally {
      db.execute("DROP ROLE IF EXISTS " + role);
    }
  }

  @Test
  void aRoleThatMayNotMakeTheSchemaIsToldAndEventsWaitForIt() throws Exception {
    String role = "r_" + AppenderFixture.newSchema();
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      db.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + SECRET + "'");
      fixture.appender.setUsername(role);
      fixture.appender.setPassword(SECRET);
      fixture.start().info("waits");
      assertOneComplaint(
          fixture,
          "rights are missing in schema '" + fixture.schema + "'",
          "permission denied for database " + db.name());

      install(fixture.schema);
      db.execute("GRANT howdah_writer TO " + role);

      assertArrivesInTheEnd(fixture);
    } finally {
      db.execute("DROP ROLE IF EXISTS " + role);
    }
  }

  @Test
  void aSchemaThatNobodyInstalledIsToldAndEventsWaitForIt() throws Exception {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setAutoMigrate("false");
      fixture.start().info("waits");
      assertOneComplaint(
          fixture,
          "the schema '" + fixture.schema + "' is not installed",
          "run install.sql, or set autoMigrate=true");

      install(fixture.schema);

      assertArrivesInTheEnd(fixture);
    }
  }

  @Test
  void aFolderThatCanNotBeWrittenToIsToldWhenARowIsRefused() throws Exception {
    Path noFolder = Files.createFile(directory.resolve("a-file")).resolve("folder");
    try (AppenderFixture fixture = new AppenderFixture(db, noFolder)) {
      Logger logger = fixture.start();
      logger.info("fine");
      fixture.awaitDrained();
      assertThat(fixture.complaints()).isEmpty();

      db.execute(
          "ALTER TABLE "
              + fixture.schema
              + ".log_events ADD CHECK (message <> 'poison') NOT VALID");
      for (int i = 0; i < 10; i++) {
        logger.info("poison");
      }
      fixture.awaitDrained();

      assertThat(fixture.stats().rejected()).isEqualTo(10);
      assertOneComplaint(
          fixture,
          "PostgreSQL refused a row, and it could not be kept in " + noFolder,
          "setting 'directory' must be a folder that can be written to");
    }
  }

  private void install(String schema) throws Exception {
    try (Connection connection = db.connect()) {
      new Migrator(schema).migrate(connection);
    }
  }

  private static void assertOneComplaint(AppenderFixture fixture, String... parts) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !fixture.complaints().isEmpty());
    // Retries follow each other within 100 ms here: none of them may complain again.
    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(fixture.complaints()).hasSize(1));
    String complaint = fixture.complaints().get(0);
    assertThat(complaint.lines().findFirst().orElseThrow()).contains(parts);
    assertThat(complaint).doesNotContain(SECRET);
  }

  private static void assertArrivesInTheEnd(AppenderFixture fixture) {
    await().atMost(Duration.ofSeconds(20)).until(() -> fixture.stats().written() == 1);
    fixture.assertBalanced();
    assertThat(fixture.complaints()).hasSize(2);
    assertThat(fixture.complaints().get(1)).startsWith("the database is back");
    assertThat(List.copyOf(fixture.complaints())).noneMatch(c -> c.contains(SECRET));
  }
}
