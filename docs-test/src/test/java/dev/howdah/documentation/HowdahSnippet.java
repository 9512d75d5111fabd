package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.ErrorTracker;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.Psql;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs bin/howdah as it is written, each line with success: on a directory in which a journal was
 * left, a database in which there are errors, and a file with a stack trace.
 */
final class HowdahSnippet {

  private static final String DIRECTORY = "/var/lib/howdah";
  private static final String URL = "jdbc:postgresql://localhost:5432/app?user=app";
  private static final String TRACE =
      """
      java.lang.IllegalStateException: no answer within 5000 ms
      \tat com.example.shop.Payment.pay(Payment.java:42)
      \tat com.example.shop.Checkout.order(Checkout.java:17)
      \tat java.base/java.lang.Thread.run(Thread.java:840)
      """;

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
    TestDatabase db = PostgresServer.shared().createDatabase();
    captureErrors(db);
    Path directory = folder.resolve("directory");
    LeftJournal.in(directory);
    Files.writeString(folder.resolve("stacktrace.txt"), TRACE);

    String url = db.url() + "?user=" + db.username() + "&password=" + db.password();
    String commands =
        "export HOWDAH_URL='%s'%n".formatted(url)
            + snippet
                .text()
                .replace("bin/howdah", Repository.ROOT.resolve("bin/howdah").toString())
                .replace(DIRECTORY, directory.toString())
                .replace(URL, url);
    Psql.Result ran = Psql.run(db, folder, List.of("sh", "-e", "-c", commands));

    assertThat(ran.exitCode()).as("%s%n%s", commands, ran.output()).isZero();
    assertThat(ran.output()).as(commands).isNotBlank();
    if (snippet.text().contains("journal replay")) {
      theJournalIsInTheDatabase(db, ran);
    }
  }

  private void captureErrors(TestDatabase db) {
    try (ErrorTracker tracker =
        ErrorTracker.start(
            HowdahConfig.builder()
                .dataSource(db.dataSource())
                .set("service", "checkout")
                .set("environment", "production")
                .set("release", "1.4.2")
                .set("host", "shop-1")
                .set("directory", folder.resolve("tracker").toString())
                .set("shutdownTimeout", "30 s")
                .build(),
            new PipelineListener() {})) {
      for (String fingerprint :
          List.of("payment_timeout_error", "payment_timeout_error", "payment_slow")) {
        tracker.captureException(
            new IllegalStateException("no answer within 5000 ms"),
            Map.of("fingerprint", fingerprint, "order_id", 42));
      }
    }
  }

  private void theJournalIsInTheDatabase(TestDatabase db, Psql.Result ran) throws Exception {
    assertThat(ran.output()).contains("batches 1, rows 1, INFO 1", ": 1 rows written");
    assertThat(Files.readString(folder.resolve("rows.ndjson")))
        .contains("\"message\":\"order of product 3 placed\"");
    assertThat(db.value("SELECT message FROM monitoring.logs WHERE service = 'shop'"))
        .isEqualTo("order of product 3 placed");
  }
}
