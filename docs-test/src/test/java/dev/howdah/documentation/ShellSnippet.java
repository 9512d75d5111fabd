package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.Psql;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs psql as it is written, on a database of its own. Maven and the scripts of the repository are
 * only looked for, with the modules and files that their arguments name: they would run this test
 * again. What the scripts do is tested by DemoTest and InstallScriptTest.
 */
final class ShellSnippet {

  void run(Snippet snippet) throws Exception {
    TestDatabase db = null;
    for (String line : snippet.text().replace("\\\n", " ").lines().toList()) {
      String command = line.replaceAll("(^|\\s+)#.*", "").replaceAll("^([A-Z_]+='[^']*'\\s+)+", "");
      List<String> words = List.of(command.strip().split("\\s+"));
      switch (words.get(0)) {
        case "" -> {}
        case "psql" -> {
          assumeTrue(Psql.isThere(), "skipped: there is no psql on this machine");
          db = db == null ? database(snippet) : db;
          psql(db, command);
        }
        case "mvn" -> maven(words);
        default -> script(words.get(0));
      }
    }
  }

  private static TestDatabase database(Snippet snippet) throws Exception {
    TestDatabase db = PostgresServer.shared().createDatabase();
    if (!snippet.text().contains("install.sql")) {
      psql(db, "psql -f sql/install.sql");
    }
    return db;
  }

  private static void psql(TestDatabase db, String command) throws Exception {
    Psql.Result result = Psql.run(db, Repository.ROOT, List.of("sh", "-c", command));
    assertThat(result.exitCode()).as("%s%n%s", command, result.output()).isZero();
  }

  private static void maven(List<String> words) {
    assertThat(Repository.ROOT.resolve("pom.xml")).exists();
    int module = words.indexOf("-pl") + 1;
    if (module > 0) {
      assertThat(Repository.ROOT.resolve(words.get(module)).resolve("pom.xml")).exists();
    }
  }

  private static void script(String name) {
    Path script = Repository.ROOT.resolve(name);
    assertThat(script).exists();
    assertThat(Files.isExecutable(script)).as("%s is executable", name).isTrue();
  }
}
