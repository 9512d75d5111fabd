package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.Psql;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;

/**
 * Runs bin/howdah as it is written, on a directory in which a journal was left and a database that
 * has the schema: afterwards the journal is a file of JSON, and is in the database.
 */
final class HowdahSnippet {

  private static final String DIRECTORY = "/var/lib/howdah";
  private static final String URL = "jdbc:postgresql://localhost:5432/app?user=app";

  private final Path folder;

  HowdahSnippet(Path folder) throws Exception {
    this.folder = Files.createTempDirectory(folder, "howdah");
  }

  static boolean isCommand(Snippet snippet) {
    return snippet.text().contains("bin/howdah ");
  }

  void run(Snippet snippet) throws Exception {
    assumeTrue(
        Files.exists(Repository.ROOT.resolve("cli/target/howdah-cli-all.jar")),
        "skipped: the jar that bin/howdah runs is not built; mvn verify does");
    assertThat(snippet.text()).contains(DIRECTORY, URL);
    TestDatabase db = PostgresServer.shared().createDatabase();
    try (Connection c = db.connect()) {
      new Migrator("monitoring").migrate(c);
    }
    Path directory = folder.resolve("directory");
    LeftJournal.in(directory);

    String commands =
        snippet
            .text()
            .replace("bin/howdah", Repository.ROOT.resolve("bin/howdah").toString())
            .replace(DIRECTORY, directory.toString())
            .replace(URL, db.url() + "?user=" + db.username() + "&password=" + db.password());
    Psql.Result ran = Psql.run(db, folder, List.of("sh", "-e", "-c", commands));

    assertThat(ran.exitCode()).as("%s%n%s", commands, ran.output()).isZero();
    assertThat(ran.output()).contains("batches 1, rows 1, INFO 1", ": 1 rows written");
    assertThat(Files.readString(folder.resolve("rows.ndjson")))
        .contains("\"message\":\"order of product 3 placed\"");
    assertThat(db.value("SELECT message FROM monitoring.logs"))
        .isEqualTo("order of product 3 placed");
  }
}
