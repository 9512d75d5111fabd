package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.TestJndi;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where connections come from: the application's own DataSource, or a pool of Howdah's. */
@PostgresTest
class DataSourcesTest {

  private final TestDatabase db;
  @TempDir Path directory;

  DataSourcesTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void aNestedDataSourceIsUsed() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      Logger logger =
          fixture.configure(
              """
              <dataSource class="org.postgresql.ds.PGSimpleDataSource">
                <url>%s</url>
                <user>%s</user>
                <password>%s</password>
                <applicationName>nested</applicationName>
              </dataSource>
              """
                  .formatted(db.url(), db.username(), db.password()));
      logger.info("by a nested class");
      fixture.awaitWritten(1);

      assertThat(db.query("SELECT message FROM " + fixture.schema + ".logs"))
          .containsExactly(List.of("by a nested class"));
      // Logback's own remark on the driver's class, which has isSsl() and getSsl().
      assertThat(fixture.complaints()).allMatch(c -> c.contains("contains multiple getters"));
    }
  }

  @Test
  void aDataSourceOfJndiIsUsedAndStaysOpen() throws Exception {
    try (HikariDataSource own = new HikariDataSource(pool("by-jndi"));
        XmlFixture fixture = new XmlFixture(db, directory)) {
      TestJndi.knows(own);
      Logger logger = fixture.configure("<jndiName>" + TestJndi.NAME + "</jndiName>");
      logger.info("by JNDI");
      fixture.awaitWritten(1);
      fixture.context.stop();

      assertThat(db.count("SELECT count(*) FROM " + fixture.schema + ".logs")).isEqualTo(1);
      assertThat(fixture.complaints()).isEmpty();
      assertThat(own.isClosed()).isFalse();
      assertUsable(own);
    } finally {
      TestJndi.isGone();
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
  void aPoolThatDoesNotCommitByItselfIsUsedAndStaysAsItWas() throws Exception {
    HikariConfig config = pool("no-auto-commit");
    config.setAutoCommit(false);
    config.setMaximumPoolSize(1);
    try (HikariDataSource own = new HikariDataSource(config);
        AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setDataSource(own);
      Logger logger = fixture.start();
      logger.info("one");
      fixture.awaitDrained();
      logger.info("two");
      fixture.appender.stop();

      assertThat(db.count("SELECT count(*) FROM " + fixture.logs())).isEqualTo(2);
      assertThat(fixture.complaints()).isEmpty();
      assertThat(own.isClosed()).isFalse();
      try (Connection connection = own.getConnection()) {
        assertThat(connection.getAutoCommit()).isFalse();
      }
      assertUsable(own);
    }
  }

  @Test
  void hikariSettingsReachThePool() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      Logger logger =
          fixture.configure(
              fixture.connection()
                  + """
                    <hikari>
                      <maximumPoolSize>3</maximumPoolSize>
                      <minimumIdle>1</minimumIdle>
                      <connectionTimeout>1234</connectionTimeout>
                      <poolName>shop-logs</poolName>
                      <registerMbeans>true</registerMbeans>
                      <connectionInitSql>SET application_name = 'tuned'</connectionInitSql>
                    </hikari>
                    """);
      logger.info("through a tuned pool");
      fixture.awaitWritten(1);

      assertThat(attribute("shop-logs", "MaximumPoolSize")).isEqualTo(3);
      assertThat(attribute("shop-logs", "MinimumIdle")).isEqualTo(1);
      assertThat(attribute("shop-logs", "ConnectionTimeout")).isEqualTo(1234L);
      assertThat(connections("tuned")).isPositive();
      assertThat(fixture.complaints()).isEmpty();
    }
  }

  @Test
  void theOwnPoolIsSmallAndClosedWithTheAppender() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      Logger logger =
          fixture.configure(
              fixture.connection() + "<hikari><registerMbeans>true</registerMbeans></hikari>");
      logger.info("through the own pool");
      fixture.awaitWritten(1);
      assertThat(attribute("howdah", "MaximumPoolSize")).isEqualTo(3);
      assertThat(attribute("howdah", "MinimumIdle")).isEqualTo(0);
      assertThat(connections("howdah")).isPositive();

      fixture.context.stop();

      await().until(() -> connections("howdah") == 0);
    }
  }

  @Test
  void hikariAloneMaySayWhereTheDatabaseIs() throws Exception {
    try (XmlFixture fixture = new XmlFixture(db, directory)) {
      Logger logger =
          fixture.configure(
              "<hikari><jdbcUrl>%s</jdbcUrl><username>%s</username><password>%s</password></hikari>"
                  .formatted(db.url(), db.username(), AppenderFixture.password(db)));
      logger.info("one");
      fixture.awaitWritten(1);

      assertThat(fixture.complaints()).isEmpty();
    }
  }

  @Test
  void driverPropertiesOfTheUrlGoBeforeHowdahsOwn() {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setUrl(db.url() + "?ApplicationName=checkout");
      fixture.start().info("one");
      fixture.awaitDrained();

      assertThat(connections("checkout")).isPositive();
    }
  }

  @Test
  void driverPropertiesOfHikariGoBeforeHowdahsOwn() {
    HikariConfig hikari = new HikariConfig();
    hikari.addDataSourceProperty("ApplicationName", "programmatic");
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setHikari(hikari);
      fixture.start().info("one");
      fixture.awaitDrained();

      assertThat(connections("programmatic")).isPositive();
    }
  }

  private HikariConfig pool(String applicationName) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(db.url());
    config.setUsername(db.username());
    config.setPassword(db.password());
    config.addDataSourceProperty("ApplicationName", applicationName);
    return config;
  }

  private static void assertUsable(HikariDataSource source) throws Exception {
    try (Connection connection = source.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  private long connections(String applicationName) {
    return db.count(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = '"
            + applicationName
            + "'");
  }

  private static Object attribute(String pool, String attribute) throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .getAttribute(
            new ObjectName("com.zaxxer.hikari:type=PoolConfig (" + pool + ")"), attribute);
  }
}
