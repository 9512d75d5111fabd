package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@PostgresTest
@OneJdk
class SchemaTest {

  private static final String SCHEMA = "monitoring";
  private final TestDatabase db;

  SchemaTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeEach
  void install() throws SQLException {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    try (Connection connection = db.connect()) {
      new Migrator(SCHEMA).migrate(connection);
    }
  }

  private MaintenanceReport maintain(int days) throws SQLException {
    try (Connection connection = db.connect()) {
      return Maintenance.run(connection, SCHEMA, Duration.ofDays(30), Duration.ofDays(90), days);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream("/dev/howdah/sql/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void tenInstancesAtOnceInstallTheRealSchemaOnce() throws Exception {
    db.execute("DROP SCHEMA monitoring CASCADE");
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        all.add(
            threads.submit(
                () -> {
                  try (Connection connection = db.connect()) {
                    new Migrator(SCHEMA).migrate(connection);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(db.count("SELECT count(*) FROM monitoring.schema_migrations")).isEqualTo(13);
  }

  @Test
  void installSqlHoldsEveryMigrationWithItsChecksum() throws IOException {
    String install = resource("install.sql");
    List<Migrator.Migration> migrations = new Migrator(SCHEMA).migrations();
    assertThat(migrations).hasSize(13);
    for (Migrator.Migration migration : migrations) {
      assertThat(install).contains("\\ir migrations/" + migration.name());
      assertThat(install).contains("'" + migration.name() + "', '" + migration.checksum() + "'");
    }
  }

  @Test
  void everyTableAndColumnIsExplained() {
    assertThat(
            db.query(
                """
                SELECT c.relname, a.attname
                FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped
                WHERE c.relnamespace = 'monitoring'::regnamespace
                  AND c.relkind IN ('r', 'p')
                  AND NOT c.relispartition
                  AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)
                """))
        .isEmpty();
  }

  @Test
  void theSeedsQueriesRunVerbatim() throws IOException {
    List<String> queries = resource("queries/seed.sql").lines().toList();
    assertThat(queries).hasSize(6);
    queries.forEach(query -> assertThat(db.query(query)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          context_gin.sql,     context @> '{"order_id": 42}', _context_idx
          message_trigram.sql, message ILIKE '%refused%',     _message_idx
          service_tail.sql,    instance_id = 1,               _instance_id_seq_idx
          """)
  void anOptionalIndexServesItsQuestionAlsoInNewPartitions(
      String file, String condition, String index) throws Exception {
    String path = "SET search_path TO monitoring, public; ";
    db.execute(path + resource("optional/" + file));
    db.execute(path + resource("optional/" + file));
    maintain(2);
    db.execute(
        "INSERT INTO monitoring.log_events"
            + " (logged_at, instance_id, seq, level, site_id, message, context)"
            + " VALUES (now(), 1, 1, 'INFO', 1, 'Refused: 42', '{\"order_id\": 42}')");

    String question = " FROM monitoring.logs WHERE " + condition;
    assertThat(db.count("SELECT count(*)" + question)).isEqualTo(1);
    // The table is small: whether it can be used is the question, not whether it pays.
    db.execute("ALTER DATABASE " + db.name() + " SET enable_seqscan = off");
    assertThat(db.query("EXPLAIN SELECT message" + question).toString())
        .contains(index)
        .doesNotContain("Seq Scan on log_events");
    db.execute("ALTER DATABASE " + db.name() + " RESET enable_seqscan");
  }

  @Test
  void theFirstRowsOfADayAreNotAddedToABloomFilterOneByOne() throws Exception {
    maintain(2);
    db.execute("CREATE EXTENSION IF NOT EXISTS pageinspect");
    assertThat(partitionsWithSummaries()).isEmpty();
  }

  @Test
  void theBloomFiltersKnowTheLastBlocksOfADayOnceItHasEnded() throws Exception {
    db.execute("CREATE EXTENSION IF NOT EXISTS pageinspect");
    db.execute(
        """
        INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id, message)
        SELECT day, 1, 1, 'INFO', 1, 'm'
        FROM unnest(ARRAY[now(), now() - interval '1 day']) AS day
        """);
    maintain(0);

    assertThat(partitionsWithSummaries()).containsExactly(partitionOf("now() - interval '1 day'"));
  }

  @Test
  void aDayThatIsBeingVacuumedIsSummarisedByTheNextRun() throws Exception {
    db.execute(
        "INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id, message)"
            + " VALUES (now() - interval '1 day', 1, 1, 'INFO', 1, 'm')");
    maintain(0);
    String yesterday = "monitoring." + partitionOf("now() - interval '1 day'");
    String summarised = "SELECT monitoring.summarise_ended_days('monitoring.log_events')";
    db.execute(
        "SELECT brin_desummarize_range('" + yesterday + "_trace_id_site_id_idx'::regclass, 0)");

    try (Connection vacuum = db.connect();
        Statement statement = vacuum.createStatement()) {
      vacuum.setAutoCommit(false);
      statement.execute("LOCK TABLE " + yesterday + " IN SHARE UPDATE EXCLUSIVE MODE");
      assertThat(db.count(summarised)).isZero();
    }
    assertThat(db.count(summarised)).isEqualTo(1);
    assertThat(db.count(summarised)).isZero();
  }

  private List<String> partitionsWithSummaries() {
    return db
        .query(
            """
            SELECT t.relname
            FROM pg_index i
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_am a ON a.oid = c.relam AND a.amname = 'brin'
            CROSS JOIN brin_revmap_data(get_raw_page(c.oid::regclass::text, 1)) AS summary
            WHERE c.relkind = 'i'
              -- Block 0 where nothing was ever noted, the invalid block where it was taken back.
              AND summary NOT IN ('(0,0)', '(4294967295,0)')
            """)
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private String partitionOf(String time) {
    return "log_events_p"
        + db.value("SELECT to_char((" + time + ") AT TIME ZONE 'UTC', 'YYYYMMDD')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logged_at > now() - interval '1 hour' ORDER BY logged_at DESC",
        "level >= 'WARN' ORDER BY logged_at DESC",
        "trace_id = '4bf92f3577b34da6a3ce929d0e0e4736'"
      })
  void aDefaultIndexServesTheQuestionsThatDocsQueriesNames(String condition) throws Exception {
    maintain(2);
    db.execute("ALTER DATABASE " + db.name() + " SET enable_seqscan = off");
    assertThat(
            db.query("EXPLAIN SELECT message FROM monitoring.logs WHERE " + condition).toString())
        .doesNotContain("Seq Scan on log_events");
    db.execute("ALTER DATABASE " + db.name() + " RESET enable_seqscan");
  }

  @Test
  void thePlannerLeavesOutTheJoinsThatAQueryDoesNotUse() {
    String plan = db.query("EXPLAIN SELECT logged_at, message FROM monitoring.logs").toString();
    assertThat(plan).contains("log_events").doesNotContain("instances").doesNotContain("Join");
  }

  @Test
  void maintainMakesDaysAheadMovesStraysAndDropsByRetention() throws SQLException {
    for (int daysAgo : new int[] {0, 3, 40}) {
      db.execute(
          "INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id, message)"
              + " VALUES (now() - interval '"
              + daysAgo
              + " days', 1, 1, 'INFO', 1, 'm')");
    }
    db.execute(
        "CREATE TABLE monitoring.by_hand PARTITION OF monitoring.log_events"
            + " FOR VALUES FROM ('2020-01-01Z') TO ('2020-02-01Z')");
    MaintenanceReport report = maintain(7);

    assertThat(report.skipped()).isFalse();
    assertThat(report.partitionsCreated()).isEqualTo(8 + 8 + 1);
    assertThat(report.partitionsDropped()).isEqualTo(1);
    assertThat(report.straysMoved()).isEqualTo(2);
    assertThat(report.straysDeleted()).isEqualTo(1);
    assertThat(db.count("SELECT count(*) FROM ONLY monitoring.log_events_default")).isZero();
    assertThat(db.count("SELECT count(*) FROM monitoring.log_events")).isEqualTo(2);
    assertThat(maintain(7).partitionsCreated()).isZero();
  }

  @Test
  void aBatchIsOpenedOnceAndAnUnknownInstanceIsRefused() {
    db.execute("SELECT monitoring.register_instance(7, 's', null, null, 'h', 1, now(), 0)");
    assertThat(db.value("SELECT monitoring.open_batch(7, 1, 0)")).isEqualTo("t");
    assertThat(db.value("SELECT monitoring.open_batch(7, 1, 0)")).isEqualTo("f");
    assertThat(db.value("SELECT monitoring.open_batch(7, 2, 5)")).isEqualTo("t");
    assertThat(db.value("SELECT dropped FROM monitoring.instances")).isEqualTo("5");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> db.value("SELECT monitoring.open_batch(8, 1, 0)")))
        .hasRootCauseInstanceOf(SQLException.class)
        .rootCause()
        .hasMessageContaining("instance 8 is not registered");
  }

  @Test
  void aDictionaryEntryThatComesTwiceInOneBatchIsKeptOnce() {
    String sites = "{\"id\":1,\"logger\":\"a\"},{\"id\":1,\"logger\":\"a\"}";
    String stack = "{\"id\":\"00000000-0000-0000-0000-000000000001\",\"text\":\"t\"}";
    String record =
        "SELECT monitoring.record_dictionary('{\"sites\":[%s],\"stacks\":[%s,%s]}')"
            .formatted(sites, stack, stack);
    db.execute(record);
    // Old enough to be touched again, which is where the same row must not come twice.
    db.execute("UPDATE monitoring.call_sites SET last_seen = now() - interval '1 day'");
    db.execute("UPDATE monitoring.stack_traces SET last_seen = now() - interval '1 day'");
    db.execute(record);

    assertThat(
            db.query(
                "SELECT count(*), min(last_seen) > now() - interval '1 minute'"
                    + " FROM (SELECT last_seen FROM monitoring.call_sites"
                    + " UNION ALL SELECT last_seen FROM monitoring.stack_traces) d"))
        .containsExactly(List.of("2", "t"));
  }

  @Test
  void theWriterRoleMayWriteAndNothingElse() throws SQLException {
    String user = "writer_" + db.name();
    db.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'w' IN ROLE howdah_writer");
    try (Connection connection = DriverManager.getConnection(db.url(), user, "w");
        Statement statement = connection.createStatement()) {
      new Migrator(SCHEMA).migrate(connection);
      statement.execute(
          "SELECT monitoring.register_instance(7, 's', null, null, 'h', 1, now(), 0)");
      statement.execute("SELECT monitoring.open_batch(7, 1, 0)");
      statement.execute(
          "SELECT monitoring.record_dictionary('{\"sites\":[{\"id\":1,\"logger\":\"l\"}]}')");
      statement.execute("SELECT monitoring.maintain()");
      statement.execute(
          "SELECT monitoring.record_errors(7, '{\"groups\":[{\"id\":1,\"fingerprint\":\"f\",\"level\":\"ERROR\",\"at\":0}],"
              + "\"counts\":[{\"id\":1,\"n\":1,\"first\":0,\"last\":0}]}')");
      statement.execute("SELECT monitoring.fold_errors()");
      statement.execute("SELECT monitoring.resolve_error('f')");
      statement.execute(
          "INSERT INTO monitoring.log_events (logged_at, instance_id, seq, level, site_id)"
              + " VALUES (now(), 7, 1, 'INFO', 1)");
      for (String forbidden :
          List.of(
              "SELECT * FROM monitoring.log_events",
              "DELETE FROM monitoring.log_events",
              "UPDATE monitoring.instances SET dropped = 0",
              "DROP TABLE monitoring.log_events",
              "SELECT * FROM monitoring.logs",
              "UPDATE monitoring.error_groups SET status = 'ignored'",
              "DELETE FROM monitoring.error_deltas",
              "CREATE TABLE monitoring.mine (i int)")) {
        assertThat(
                org.assertj.core.api.Assertions.catchThrowable(() -> statement.execute(forbidden)))
            .as(forbidden)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
    } finally {
      db.execute("DROP OWNED BY " + user + "; DROP ROLE " + user);
    }
  }
}
