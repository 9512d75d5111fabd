package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Trouble on the way to the database, and rows that it refuses, lose and double nothing else. */
@OneJdk
public abstract class OutageSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected OutageSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  private void through(FaultyProxy proxy) {
    settings.put("url", "jdbc:postgresql://localhost:" + proxy.port() + "/" + db.name());
    settings.put("connectionTimeout", "500 ms");
  }

  @Test
  void aBadRowIsKeptAsideAndItsNeighboursAreWritten() throws Exception {
    Session session = start();
    session.log(Call.at(Level.INFO, "first"));
    awaitDrained(session);
    db.execute(
        "ALTER TABLE " + schema + ".log_events ADD CHECK (message NOT LIKE '%poison%') NOT VALID");
    for (int i = 0; i < 1000; i++) {
      session.log(Call.at(Level.INFO, i % 300 == 7 ? "poison {}" : "fine {}", i));
    }
    session.stop();

    assertThat(db.count("SELECT count(*) FROM " + logs())).isEqualTo(997);
    assertThat(session.counts().rejected()).isEqualTo(4);
    assertBalanced(session);
    assertThat(Files.readAllLines(directory.resolve("test/rejects/rejects.ndjson")))
        .hasSize(4)
        .allMatch(line -> line.contains("\"sql_state\":\"23514\"") && line.contains("poison"));
  }

  @Test
  void aDatabaseThatComesLateGetsEverything() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      proxy.refuse();
      through(proxy);
      Session session = start();
      for (int i = 0; i < 5000; i++) {
        session.log(Call.at(Level.INFO, "early {}", i));
      }
      proxy.accept();
      awaitWritten(session, 5000);
      assertThat(db.count("SELECT count(DISTINCT seq) FROM " + logs())).isEqualTo(5000);
    }
  }

  @Test
  void connectionsThatAreCutLoseAndDoubleNothing() throws Exception {
    Random random = new Random(42);
    try (FaultyProxy proxy = new FaultyProxy(db.host(), db.port())) {
      through(proxy);
      settings.put("onFull", "block");
      settings.put("onFullTimeout", "1 min");
      settings.put("batchSize", "16 KiB");
      Session session = start();
      int logged = 0;
      for (int round = 0; round < 100; round++) {
        int burst = random.nextInt(500);
        for (int i = 0; i < burst; i++) {
          session.log(Call.at(Level.INFO, "event {}", logged++));
        }
        proxy.cutAll();
      }
      awaitWritten(session, logged);
      assertThat(db.query("SELECT count(*), count(DISTINCT seq) FROM " + logs()))
          .containsExactly(List.of("" + logged, "" + logged));
      assertBalanced(session);
    }
  }
}
