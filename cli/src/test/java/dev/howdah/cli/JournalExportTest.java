package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@PostgresTest
class JournalExportTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path directory;
  private final TestDatabase db;

  JournalExportTest(TestDatabase db) {
    this.db = db;
  }

  private static List<JsonNode> read(List<String> lines) {
    return lines.stream().map(JSON::readTree).map(JournalExportTest::withInstant).toList();
  }

  /** PostgreSQL and Java write the same time in two ways. */
  private static JsonNode withInstant(JsonNode row) {
    String at = row.path("logged_at").stringValue();
    return ((ObjectNode) row).put("logged_at", OffsetDateTime.parse(at).toInstant().toString());
  }

  private void replay(Path journal) throws SQLException {
    try (Connection c = db.connect()) {
      new Migrator("monitoring").migrate(c);
    }
    Ran ran =
        Ran.howdah(
            "journal",
            "replay",
            "--url=" + db.url(),
            "--username=" + db.username(),
            "--password=" + db.password(),
            journal);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  @Test
  void eachLineIsTheRowThatAReplayWrites() throws Exception {
    Path journal = LeftJournal.of(directory, "shop", 12);

    Ran exported = Ran.howdah("journal", "export", "--ndjson", journal);

    assertThat(exported.exitCode()).isZero();
    assertThat(exported.err()).isEmpty();
    replay(journal);
    List<String> rows =
        db
            .query("SELECT jsonb_strip_nulls(to_jsonb(l)) FROM monitoring.logs l ORDER BY seq")
            .stream()
            .map(row -> row.get(0))
            .toList();
    assertThat(rows).hasSize(12);
    assertThat(read(exported.out().lines().toList())).isEqualTo(read(rows));
  }

  @Test
  void theExportTakesNothingAway() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", 12);

    Ran first = Ran.howdah("journal", "export", "--ndjson", journal);

    assertThat(first.out()).contains("no stock\\nof elephants \uD83D\uDC18", "\"price\":12.5");
    assertThat(Ran.howdah("journal", "export", "--ndjson", directory)).isEqualTo(first);
  }

  @Test
  void damageIsToldBesideTheRowsThatAreWhole() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", 2000);
    LeftJournal.damage(journal, 5000);

    Ran ran = Ran.howdah("journal", "export", "--ndjson", journal);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("damaged: ");
    assertThat(ran.out().lines().count()).isPositive().isLessThan(2000);
  }

  @Test
  void theFormatMustBeNamed() {
    Ran ran = Ran.howdah("journal", "export", directory);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("Missing required option: '--ndjson'");
  }
}
