package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.ChannelSetting;
import dev.howdah.Setting;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say is what the code does: every snippet is run, none is skipped. */
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentationTest {

  private final TestDatabase db;
  @TempDir Path folder;

  DocumentationTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeAll
  void logWhatTheQueriesAskFor() {
    new LoggedShop(db).log();
    new FilledCache(db).fill();
  }

  @TestFactory
  Stream<DynamicTest> everySnippetRuns() throws IOException {
    return Repository.documents().stream().flatMap(this::tests);
  }

  private Stream<DynamicTest> tests(Path document) {
    try {
      return Snippet.in(document).stream()
          .map(s -> DynamicTest.dynamicTest(s.place(), s.source(), () -> run(s)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Snippet snippet) throws Exception {
    switch (snippet.language()) {
      case "xml" -> new XmlSnippet(db, folder).run(snippet);
      case "sql" -> new SqlSnippet(db).run(snippet);
      case "sh" -> runCommands(snippet);
      case "java" -> runJava(snippet);
      case "properties", "json" -> runFile(snippet);
      case "yaml" -> new Log4j2Snippet(db, folder).run("yaml", snippet.text());
      case "text" -> assertThat(snippet.text()).as("output").isNotBlank();
      default ->
          throw new AssertionError(
              "nothing runs the language '%s': name one that this test knows"
                  .formatted(snippet.language()));
    }
  }

  private void runJava(Snippet snippet) throws Exception {
    if (CacheSnippet.isOfCache(snippet)) {
      new CacheSnippet(db, folder).run(snippet);
    } else {
      new JavaSnippet(db, folder).run(snippet);
    }
  }

  private void runCommands(Snippet snippet) throws Exception {
    if (HowdahSnippet.isCommand(snippet)) {
      new HowdahSnippet(folder).run(snippet);
    } else {
      new ShellSnippet().run(snippet);
    }
  }

  private void runFile(Snippet snippet) throws Exception {
    if (Log4j2Snippet.isConfiguration(snippet)) {
      new Log4j2Snippet(db, folder).run(snippet.language(), snippet.text());
    } else if (snippet.language().equals("json")) {
      new JsonSnippet(db).run(snippet);
    } else if (snippet.text().startsWith("log4j2.")) {
      new SystemPropertiesSnippet(db, folder).run(snippet);
    } else {
      new FlywaySnippet().run(snippet);
    }
  }

  @Test
  void theTableOfSettingsIsThatOfTheCode() throws IOException {
    assertTable(
        "| setting | default | value | meaning |\n|---|---|---|---|\n",
        Arrays.stream(Setting.values()).map(DocumentationTest::row));
  }

  @Test
  void theTableOfChannelSettingsIsThatOfTheCode() throws IOException {
    assertTable(
        "| setting | channels | default | value | meaning |\n|---|---|---|---|---|\n",
        Arrays.stream(ChannelSetting.values()).map(DocumentationTest::row));
  }

  /** The lines from a table's head on. */
  private static void assertTable(String head, Stream<String> rows) throws IOException {
    String table = head + rows.collect(Collectors.joining());
    String document = Files.readString(Repository.ROOT.resolve("docs/settings.md"));
    int begin = document.indexOf(head);
    String documented =
        document
            .substring(Math.max(0, begin))
            .lines()
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());

    assertThat(documented)
        .as("docs/settings.md should have this table:%n%n%s", table)
        .isEqualTo(table);
  }

  private static String row(ChannelSetting setting) {
    String defaultValue =
        setting.isRequired()
            ? "required"
            : setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`";
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            setting.settingName(),
            setting.kinds().isEmpty() ? "all" : String.join(", ", setting.kinds()),
            defaultValue,
            setting.requirement(),
            setting.meaning());
  }

  private static String row(Setting setting) {
    String defaultValue =
        switch (setting) {
          case URL -> "required";
          case DIRECTORY -> "see below";
          default -> setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`";
        };
    return "| `%s` | %s | %s | %s |\n"
        .formatted(setting.settingName(), defaultValue, setting.requirement(), setting.meaning());
  }

  @Test
  void theQueriesOnErrorsAreThoseOfTheFiles() throws IOException {
    Path document = Repository.ROOT.resolve("docs/queries.md");
    List<String> lines = Files.readAllLines(document);
    int begin = lines.indexOf("## Errors");
    int end = lines.indexOf("## Counts by hour");
    String files = Repository.queries();

    assertThat(Snippet.in(document))
        .filteredOn(snippet -> snippet.line() > begin && snippet.line() < end)
        .hasSize(14)
        .allSatisfy(snippet -> assertThat(files).contains(snippet.text()));
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    for (Path document : Repository.documents()) {
      for (String link : Snippet.linksIn(document)) {
        if (!link.startsWith("https://")) {
          Path target = document.resolveSibling(link.replaceAll("#.*", ""));
          assertThat(target).as("link '%s' in %s", link, document).exists();
        }
      }
    }
  }

  @Test
  void theReadmeLeadsToEveryDocumentAndFitsAPage() throws IOException {
    Path readme = Repository.ROOT.resolve("README.md");
    for (Path document : Repository.documents()) {
      if (!document.equals(readme)) {
        assertThat(Snippet.linksIn(readme)).contains(Repository.name(document));
      }
    }
    assertThat(Files.readAllLines(readme)).hasSizeLessThanOrEqualTo(100);
  }
}
