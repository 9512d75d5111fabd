package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every query of {@code sql/queries} gives the answer that {@code cookbook/} has for it, asked by a
 * reader about the data of {@code cookbook/data.sql}. In these it is always the same moment, since
 * {@code now()} is found in the schema {@code frozen} first.
 */
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OneJdk
class CookbookTest {

  private static final String READER =
      "SET search_path TO frozen, pg_catalog, public; SET TIME ZONE 'UTC'; SET ROLE howdah_reader";

  /** The name of the partitions of a day that no bounded query has a reason to read. */
  private static final String LONG_GONE = "20251201";

  private final TestDatabase db;

  CookbookTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeAll
  void fill() throws Exception {
    try (Connection connection = db.connect()) {
      new Migrator("monitoring").migrate(connection);
    }
    db.execute(resource("data.sql"));
  }

  @TestFactory
  Stream<DynamicTest> everyQueryAnswersItsQuestion() throws IOException {
    return CookbookQuery.all().stream()
        .map(query -> DynamicTest.dynamicTest(name(query), () -> ask(query)));
  }

  private void ask(CookbookQuery query) throws Exception {
    List<String> known = answers(query.file()).get(query.question());
    assertThat(known).as("the answer, in cookbook/%s.txt", query.file()).isNotEmpty();
    List<String> rows = rows(query.sql());
    if (query.isSeeds()) {
      // Equal counts come in any order.
      assertThat(rows).containsExactlyInAnyOrderElementsOf(known);
    } else {
      assertThat(rows).containsExactlyElementsOf(known);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyQueryStandsUnderAQuestionOfOneLine() throws IOException {
    return CookbookQuery.all().stream()
        .filter(query -> !query.isSeeds())
        .map(
            query ->
                DynamicTest.dynamicTest(
                    name(query),
                    () -> assertThat(query.sql()).matches("(?s)-- [^\n]+\\?\n[^-].*")));
  }

  @TestFactory
  Stream<DynamicTest> everyQueryButTheSeedsReadsOnlyTheDaysItNames() throws IOException {
    return CookbookQuery.all().stream()
        .filter(query -> !query.file().startsWith("seed"))
        .map(
            query ->
                DynamicTest.dynamicTest(
                    name(query), () -> assertThat(plan(query)).doesNotContain(LONG_GONE)));
  }

  @Test
  void aQueryWithoutATimeReadsAllDays() throws Exception {
    assertThat(plan(CookbookQuery.of("seed", "SELECT count(*) FROM monitoring.errors")))
        .contains(LONG_GONE);
  }

  @Test
  void everyAnswerBelongsToAQuery() throws IOException {
    Map<String, List<String>> questions = new LinkedHashMap<>();
    for (CookbookQuery query : CookbookQuery.all()) {
      questions.computeIfAbsent(query.file(), file -> new ArrayList<>()).add(query.question());
    }
    for (Map.Entry<String, List<String>> file : questions.entrySet()) {
      assertThat(answers(file.getKey()).keySet()).containsExactlyElementsOf(file.getValue());
    }
  }

  private static String name(CookbookQuery query) {
    return query.file() + ": " + query.question().replace("-- ", "");
  }

  private String plan(CookbookQuery query) throws SQLException {
    return String.join("\n", rows("EXPLAIN " + query.sql()));
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(READER);
      List<String> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          rows.add(row(result));
        }
      }
      return rows;
    }
  }

  private static String row(ResultSet result) throws SQLException {
    List<String> cells = new ArrayList<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      String cell = result.getString(i);
      cells.add(cell == null ? "-" : cell);
    }
    return String.join(" | ", cells);
  }

  /** By their questions; a blank line parts them. */
  private static Map<String, List<String>> answers(String file) throws IOException {
    Map<String, List<String>> answers = new LinkedHashMap<>();
    for (String paragraph : resource(file + ".txt").split("\n\n", 0)) {
      List<String> lines = Arrays.asList(paragraph.strip().split("\n", 0));
      answers.put(lines.get(0), lines.subList(1, lines.size()));
    }
    return answers;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CookbookTest.class.getResourceAsStream("cookbook/" + name)) {
      assertThat(in).as("cookbook/" + name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
