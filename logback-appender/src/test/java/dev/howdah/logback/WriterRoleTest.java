package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** A user with no right but the role howdah_writer, on a schema that somebody else installed. */
@PostgresTest
class WriterRoleTest {

  private final TestDatabase db;
  private final String role = "w_" + TestDatabase.newSchemaName();
  @TempDir Path directory;

  WriterRoleTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void makeRole() {
    db.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'writer'");
  }

  @AfterEach
  void dropRole() {
    db.execute("DROP ROLE " + role);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void theWritersRoleIsEnoughWhetherOrNotAStartMigrates(String autoMigrate) throws Exception {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      try (Connection connection = db.connect()) {
        new Migrator(fixture.schema).migrate(connection);
      }
      db.execute("GRANT howdah_writer TO " + role);
      fixture.appender.setUsername(role);
      fixture.appender.setPassword("writer");
      fixture.appender.setAutoMigrate(autoMigrate);
      fixture.appender.setMaintain("true");
      Logger logger = fixture.start();
      MDC.put("user", "ann");
      for (int i = 0; i < 100; i++) {
        logger.error("failed {}", i, new IllegalStateException("card refused"));
      }
      fixture.awaitDrained();
      fixture.appender.stop();

      assertThat(fixture.complaints()).isEmpty();
      fixture.assertBalanced();
      assertThat(
              db.query(
                  "SELECT count(*), count(DISTINCT stack_trace), min(context->>'user'),"
                      + " min(template) FROM "
                      + fixture.logs()
                      + " WHERE stack_trace LIKE 'java.lang.IllegalStateException: card refused%'"))
          .containsExactly(List.of("100", "1", "ann", "failed {}"));
      // Maintenance has made today's partition and the coming days'.
      assertThat(
              db.count(
                  "SELECT count(*) FROM pg_inherits WHERE inhparent = '"
                      + fixture.schema
                      + ".log_events'::regclass"))
          .isGreaterThan(7);
      assertThat(db.count("SELECT count(*) FROM " + fixture.schema + ".log_events_default"))
          .isZero();
    }
  }
}
