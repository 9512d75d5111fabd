package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.encode.RowEncoder;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares JSON with what there really is: a refused row has the columns of the encoder, and a
 * context is in the database, where the Java snippet before it has been run.
 */
final class JsonSnippet {

  private final TestDatabase db;

  JsonSnippet(TestDatabase db) {
    this.db = db;
  }

  void run(Snippet snippet) {
    JsonNode json = new JsonMapper().readTree(snippet.text());
    if (json.has("reason")) {
      List<String> names = new ArrayList<>(List.of("reason", "sql_state"));
      names.addAll(RowEncoder.COLUMNS);
      assertThat(names).containsSubsequence(json.propertyNames());
      return;
    }
    // The snippet's own place is not that of the example.
    String context = snippet.text().replace("'", "''");
    assertThat(
            db.count(
                "SELECT count(*) FROM monitoring.logs WHERE context - 'caller' = '%s'::jsonb - 'caller'"
                    .formatted(context)))
        .isPositive();
  }
}
