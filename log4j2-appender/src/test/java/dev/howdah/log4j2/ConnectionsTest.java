package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.TestJndi;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where connections come from: an own pool, JNDI, and what Log4j2's JDBC appender knows. */
@PostgresTest
class ConnectionsTest {

  private static final String ENABLE_JNDI = "log4j2.enableJndiJdbc";

  @SuppressWarnings("NonFinalStaticField") // Log4j2 calls the factory below by its name.
  private static TestDatabase database = new TestDatabase("", 0, "", "", "");

  private final TestDatabase db;
  @TempDir Path directory;

  ConnectionsTest(TestDatabase db) {
    this.db = db;
  }

  /** Named by {@code <ConnectionFactory>}. */
  public static final class Factory {

    private Factory() {}

    public static Connection connection() throws SQLException {
      return database.connect();
    }

    public static DataSource dataSource() {
      return database.dataSource();
    }
  }

  @BeforeEach
  void offerConnections() {
    database = db;
    TestJndi.knows(db.dataSource());
    System.setProperty(ENABLE_JNDI, "true");
  }

  @AfterEach
  void forgetJndi() {
    TestJndi.isGone();
    System.clearProperty(ENABLE_JNDI);
  }

  @Test
  void hikariHasItsOwnProperties() {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      System.setProperty("howdah.test.application", "shop-logs");
      configure(
              fixture,
              fixture.attributes(),
              "<Hikari><Property name='maximumPoolSize'>3</Property>"
                  + "<Property name='dataSource.ApplicationName'"
                  + " value='${sys:howdah.test.application}'/></Hikari>")
          .info("tuned");
      fixture.awaitWritten(1);

      assertThat(complaints.all()).isEmpty();
      assertThat(
              db.count(
                  "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'shop-logs'"))
          .isPositive();
    } finally {
      System.clearProperty("howdah.test.application");
    }
  }

  @Test
  void hikariMaySayWhereTheDatabaseIs() {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      configure(
              fixture,
              Log4j2Fixture.attributes(fixture.surroundings()),
              "<Hikari><Property name='jdbcUrl'>%s</Property><Property name='username'>%s</Property>"
                      .formatted(db.url().replace("&", "&amp;"), db.username())
                  + "<Property name='password'>%s</Property></Hikari>"
                      .formatted(fixture.password()))
          .info("pooled");
      fixture.awaitWritten(1);
    }
  }

  @Test
  void aWrongPropertyOfHikariIsNamed() {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      configure(
              fixture,
              fixture.attributes(),
              "<Hikari><Property name='maximumPool'>3</Property></Hikari>")
          .info("goes on");
      fixture.awaitWritten(1);

      assertThat(complaints.all())
          .singleElement()
          .asString()
          .contains("element Hikari", "maximumPool does not exist");
    }
  }

  @Test
  void aWrongPropertyOfHikariShowsNoPassword() {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      configure(
          fixture,
          fixture.attributes(),
          "<Hikari><Property name='password'>hush</Property>"
              + "<Property name='maximumPoolSize'>many</Property></Hikari>");

      assertThat(complaints.all()).singleElement().asString().contains("element Hikari");
      assertThat(complaints.all().toString()).doesNotContain("hush");
    }
  }

  @Test
  void aDataSourceIsTakenFromJndi() {
    assertLogs("jndiName='" + TestJndi.NAME + "'", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<DataSource jndiName='java:comp/env/jdbc/logs'/>",
        "<ConnectionFactory class='dev.howdah.log4j2.ConnectionsTest$Factory' method='connection'/>",
        "<ConnectionFactory class='dev.howdah.log4j2.ConnectionsTest$Factory' method='dataSource'/>",
        "<DriverManager connectionString='URL' userName='USER' password='PASSWORD'/>",
        "<DriverManager connectionString='URL' driverClassName='org.postgresql.Driver'>"
            + "<Property name='user'>USER</Property><Property name='password'>PASSWORD</Property>"
            + "</DriverManager>"
      })
  void aConnectionSourceOfLog4j2IsTaken(String element) {
    assertLogs("", element);
  }

  private void assertLogs(String attributes, String element) {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      configure(
              fixture,
              attributes + " " + Log4j2Fixture.attributes(fixture.surroundings()),
              element
                  .replace("URL", db.url().replace("&", "&amp;"))
                  .replace("USER", db.username())
                  .replace("PASSWORD", fixture.password()))
          .info("connected");
      fixture.awaitWritten(1);

      assertThat(complaints.all()).isEmpty();
      assertThat(db.value("SELECT message FROM " + fixture.logs())).isEqualTo("connected");
    }
  }

  private static Logger configure(Log4j2Fixture fixture, String attributes, String element) {
    return fixture.configureFile(
        Log4j2Fixture.file("<Postgres name='PG' " + attributes + ">" + element + "</Postgres>"));
  }

  @Test
  void jndiHasToBeEnabled() {
    System.clearProperty(ENABLE_JNDI);
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      configure(fixture, "jndiName='" + TestJndi.NAME + "'", "");

      assertThat(complaints.all())
          .hasSize(2)
          .anyMatch(text -> text.contains("log4j2.enableJndiJdbc=true"))
          .anyMatch(
              text ->
                  text.startsWith("appender PG does not start: setting 'jndiName' has the value"));
      assertThat(fixture.appender().isStarted()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java:comp/env/jdbc/other", "ldap://127.0.0.1/logging"})
  void aNameThatJndiDoesNotKnowIsNamed(String name) {
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      configure(fixture, "jndiName='" + name + "'", "");

      assertThat(complaints.all())
          .anyMatch(text -> text.contains("setting 'jndiName' has the value '" + name + "'"));
      assertThat(fixture.appender().isStarted()).isFalse();
    }
  }

  /** As in the documentation of Log4j2's database appenders; only the element's name is another. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<DataSource jndiName='java:comp/env/jdbc/logs'/>"
            + "<ColumnMapping name='id' pattern='%uuid{TIME}' columnType='java.util.UUID'/>"
            + "<ColumnMapping name='at' columnType='java.util.Date'/>"
            + "<ColumnMapping name='message' pattern='%message'/>",
        "<ConnectionFactory class='dev.howdah.log4j2.ConnectionsTest$Factory' method='connection'/>"
            + "<Column name='at' isEventTimestamp='true'/>"
            + "<Column name='message' pattern='%message'/>"
      })
  void anElementOfLog4j2sJdbcAppenderIsMovedByItsName(String children) {
    String jdbc = "<JDBC name='PG' tableName='logs' bufferSize='10'>" + children + "</JDBC>";
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    try (StatusMessages complaints = StatusMessages.from(Level.WARN);
        Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      fixture
          .configureFile(Log4j2Fixture.file(jdbc.replace("JDBC", "Postgres")))
          .info("moved over");
      fixture.awaitWritten(1);

      assertThat(complaints.all())
          .hasSize(2)
          .contains(
              "appender PG does not use <ColumnMapping> and <Column>:"
                  + " Howdah's table has its own columns")
          .anyMatch(text -> text.matches(".* invalid attributes .*(tableName|, \"bufferSize).*"));
      assertThat(db.value("SELECT message FROM monitoring.logs")).isEqualTo("moved over");
    }
  }
}
