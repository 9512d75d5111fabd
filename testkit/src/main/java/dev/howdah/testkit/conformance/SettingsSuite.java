package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each mistake in the setup gives one complaint, however often it is met again, which names the
 * setting, its value and what would be right. The application goes on, and where the mistake is
 * mended while it runs, what was logged until then arrives.
 */
@OneJdk
public abstract class SettingsSuite extends ConformanceSuite {

  private static final String SECRET = "hush-hush-42";

  /** Each refused login waits for the whole of it; a busy server must have answered by then. */
  private static final String CONNECTION_TIMEOUT = "3 s";

  /** A variable that is defined nowhere, as in a URL below. */
  private static final String VARIABLE = "NO_SUCH_VARIABLE";

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected SettingsSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  @Test
  void allDefaultsWrittenOutStartWithoutAComplaint() {
    Map<String, String> defaults = new LinkedHashMap<>(driver.defaults());
    defaults.putAll(connection(db));
    Session session = start(defaults);
    session.log(Call.at(Level.INFO, "by default"));
    awaitWritten(session, 1);

    assertThat(session.complaints()).isEmpty();
    assertThat(db.query("SELECT service FROM monitoring.logs WHERE message = 'by default'"))
        .containsExactly(List.of("application"));
  }

  @TestFactory
  Stream<DynamicTest> aWrongValueIsRefusedUnderTheNameOfItsOwnProperty() {
    return driver.defaults().keySet().stream()
        .sorted()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertIsRefusedByName(name)));
  }

  private void assertIsRefusedByName(String name) {
    // Whatever a property takes, a variable without a value is none of it.
    Session session = start(Map.of(name, "${" + VARIABLE + "}"));

    assertThat(session.complaints())
        .anyMatch(c -> c.contains("setting '" + name + "' has the value '"))
        .anyMatch(c -> c.contains("the variable in it has no value"));
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
  void aWrongValueIsNamedAndTheDefaultIsUsed(String setting, String value, String right) {
    settings.put(setting, value);
    Session session = start();
    session.log(Call.at(Level.INFO, "still logged with a wrong " + setting));
    awaitWritten(session, 1);

    assertThat(session.complaints())
        .singleElement()
        .asString()
        .startsWith("setting '" + setting + "' has the value '" + value + "'")
        .contains(right)
        .endsWith("; its default is used");
    String used = setting.equals("schema") ? "monitoring" : schema;
    assertThat(
            db.count(
                "SELECT count(*) FROM "
                    + used
                    + ".logs WHERE message = 'still logged with a wrong "
                    + setting
                    + "'"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://localhost/app?password=hush-hush-42, jdbc:mysql://localhost/app?password=***",
    "jdbc:postgresql://localhost:port/app, jdbc:postgresql://localhost:port/app",
    "postgres://app:hush-hush-42@localhost/app, postgres://app:***@localhost/app",
    "${NO_SUCH_VARIABLE}, ${NO_SUCH_VARIABLE}",
    "jdbc:postgresql://${NO_SUCH_VARIABLE}/app, jdbc:postgresql://${NO_SUCH_VARIABLE}/app",
  })
  void aUrlThatCanNotBeOneIsNamedAndTheAppenderDoesNotStart(String url, String shown) {
    settings.put("url", url);
    Session session = start();
    session.log(Call.at(Level.INFO, "the application goes on"));

    assertThat(session.isStarted()).isFalse();
    assertThat(session.complaints())
        .singleElement()
        .asString()
        .startsWith(
            "appender PG does not start: setting 'url' has the value '"
                + shown.replace("${" + VARIABLE + "}", driver.undefined(VARIABLE))
                + "': ")
        .endsWith(
            "it must be a JDBC URL of PostgreSQL such as jdbc:postgresql://localhost:5432/app");
  }

  @Test
  void noUrlIsNamedAndTheAppenderDoesNotStart() {
    settings.remove("url");
    Session session = start();
    session.log(Call.at(Level.INFO, "the application goes on"));

    assertThat(session.isStarted()).isFalse();
    assertThat(session.complaints())
        .containsExactly(
            "appender PG does not start: setting 'url' has no value: it must be a JDBC URL of"
                + " PostgreSQL such as jdbc:postgresql://localhost:5432/app");
  }

  @Test
  void aPasswordWithoutAValueIsNamedAndTheAppenderDoesNotStart() {
    settings.put("password", "${" + VARIABLE + "}");
    Session session = start();

    assertThat(session.isStarted()).isFalse();
    assertThat(session.complaints())
        .containsExactly(
            "appender PG does not start: setting 'password' has the value '***': the variable in"
                + " it has no value; it must be a text");
  }

  @Test
  void anUnknownHostIsNamedWithTheUrl() {
    settings.put("url", "jdbc:postgresql://no-such-host.invalid/app?password=" + SECRET);
    settings.put("connectionTimeout", CONNECTION_TIMEOUT);
    Session session = start();
    session.log(Call.at(Level.INFO, "the application goes on"));

    assertOneComplaint(
        session,
        "setting 'url' has the value 'jdbc:postgresql://no-such-host.invalid/app?password=***'",
        "its host, port and TLS parameters must fit a server that runs",
        "java.net.UnknownHostException: no-such-host.invalid");
  }

  @Test
  void aRefusedPortIsNamedWithTheUrlAndEventsWait() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      proxy.refuse();
      String url = "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name();
      settings.put("url", url);
      settings.put("connectionTimeout", CONNECTION_TIMEOUT);
      Session session = startWithOneEvent();
      assertOneComplaint(
          session,
          "PostgreSQL can't be reached; events are kept and tried again",
          "setting 'url' has the value '" + url + "'");

      proxy.accept();

      assertArrivesInTheEnd(session, db);
    }
  }

  @Test
  void anUnknownDatabaseIsNamedWithTheUrlAndEventsWait() {
    String name = db.name() + "_later";
    TestDatabase later = new TestDatabase(db.host(), db.port(), name, db.username(), db.password());
    settings.put("url", later.url());
    settings.put("connectionTimeout", CONNECTION_TIMEOUT);
    try {
      Session session = startWithOneEvent();
      assertOneComplaint(
          session,
          "there is no such database: setting 'url' has the value '" + later.url() + "'",
          "it must name one that exists",
          "3D000");

      db.execute("CREATE DATABASE " + name);

      assertArrivesInTheEnd(session, later);
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
    try (EmbeddedServer server = EmbeddedServer.start(Map.of("hba_file", hba.toString()))) {
      server.root().execute("CREATE ROLE app SUPERUSER LOGIN PASSWORD 'right'");
      settings.put("url", server.root().url());
      settings.put("username", "app");
      settings.put("password", SECRET);
      settings.put("connectionTimeout", CONNECTION_TIMEOUT);
      Session session = startWithOneEvent();
      assertOneComplaint(
          session,
          "the server refused the login: check the settings 'username' and 'password'",
          "28P01",
          "password authentication failed for user \"app\"");

      server.root().execute("ALTER ROLE app PASSWORD '" + SECRET + "'");

      assertArrivesInTheEnd(session, server.root());
      session.stop();
    }
  }

  @Test
  void missingRightsAreToldAndEventsWaitForThem() {
    install();
    String role = comeAsANewRole();
    try {
      Session session = startWithOneEvent();
      assertOneComplaint(
          session,
          "rights are missing in schema '" + schema + "'",
          "grant the role howdah_writer to the user",
          "autoMigrate=false");

      db.execute("GRANT howdah_writer TO " + role);

      assertArrivesInTheEnd(session, db);
    } finally {
      db.execute("DROP ROLE IF EXISTS " + role);
    }
  }

  @Test
  void aRoleThatMayNotMakeTheSchemaIsToldAndEventsWaitForIt() {
    Map<String, String> asOwner = new LinkedHashMap<>(settings);
    String role = comeAsANewRole();
    try {
      Session session = startWithOneEvent();
      assertOneComplaint(
          session,
          "rights are missing in schema '" + schema + "'",
          "permission denied for database " + db.name());

      install(asOwner);
      db.execute("GRANT howdah_writer TO " + role);

      assertArrivesInTheEnd(session, db);
    } finally {
      db.execute("DROP ROLE IF EXISTS " + role);
    }
  }

  @Test
  void aSchemaThatNobodyInstalledIsToldAndEventsWaitForIt() {
    Map<String, String> installing = new LinkedHashMap<>(settings);
    settings.put("autoMigrate", "false");
    Session session = startWithOneEvent();
    assertOneComplaint(
        session,
        "the schema '" + schema + "' is not installed",
        "run install.sql, or set autoMigrate=true");

    install(installing);

    assertArrivesInTheEnd(session, db);
  }

  @Test
  void aFolderThatCanNotHoldAJournalIsToldAtTheStart() throws Exception {
    Path noFolder = Files.createFile(directory.resolve("a-file")).resolve("folder");
    settings.put("directory", noFolder.toString());
    Session session = startWithOneEvent();
    assertOneComplaint(
        session,
        "setting 'directory' has the value '" + noFolder + "'",
        "it must be a folder that can be written to",
        "there is no journal");
    awaitWritten(session, 1);
  }

  @Test
  void aFolderThatCanNotBeWrittenToIsToldWhenARowIsRefused() throws Exception {
    Path noFolder = Files.createFile(directory.resolve("a-file")).resolve("folder");
    settings.put("directory", noFolder.toString());
    settings.put("journal", "off");
    Session session = start();
    session.log(Call.at(Level.INFO, "fine"));
    awaitDrained(session);
    assertThat(session.complaints()).isEmpty();

    db.execute("ALTER TABLE " + schema + ".log_events ADD CHECK (message <> 'poison') NOT VALID");
    for (int i = 0; i < 10; i++) {
      session.log(Call.at(Level.INFO, "poison"));
    }
    awaitDrained(session);

    assertThat(session.counts().rejected()).isEqualTo(10);
    assertOneComplaint(
        session,
        "PostgreSQL refused a row, and it could not be kept in " + noFolder,
        "setting 'directory' must be a folder that can be written to");
  }

  private Session startWithOneEvent() {
    Session session = start();
    session.log(Call.at(Level.INFO, "waits"));
    return session;
  }

  /** Makes a role without rights, and has the next session come as it. */
  private String comeAsANewRole() {
    String role = "r_" + TestDatabase.newSchemaName();
    db.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + SECRET + "'");
    settings.put("username", role);
    settings.put("password", SECRET);
    return role;
  }

  private void install() {
    install(settings);
  }

  /** By a session that logs nothing and may make the schema. */
  private void install(Map<String, String> installing) {
    try (Session installer = driver.start(installing)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> db.value("SELECT to_regclass('" + logs() + "')") != null);
      // Where a JVM has one status for all, the session that waited may tell of its recovery here.
      assertThat(installer.complaints()).allMatch(text -> text.startsWith("the database is back"));
    }
  }

  private static void assertOneComplaint(Session session, String... parts) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !session.complaints().isEmpty());
    // Retries follow each other within 100 ms here: none of them may complain again.
    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(session.complaints()).hasSize(1));
    String complaint = session.complaints().get(0);
    assertThat(complaint.lines().findFirst().orElseThrow()).contains(parts);
    assertThat(complaint).doesNotContain(SECRET);
  }

  private void assertArrivesInTheEnd(Session session, TestDatabase where) {
    awaitWritten(session, 1);
    assertThat(where.query("SELECT message FROM " + logs())).containsExactly(List.of("waits"));
    assertThat(session.complaints()).hasSize(2).noneMatch(c -> c.contains(SECRET));
    assertThat(session.complaints().get(1)).startsWith("the database is back");
  }
}
