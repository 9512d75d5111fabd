package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandbyServerTest {

  private static final String COUNT = "SELECT count(*) FROM kept";

  private EmbeddedServer primary;

  @BeforeEach
  void startThePrimary() {
    primary = EmbeddedServer.start(Map.of("synchronous_commit", "on"));
    primary.root().execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
  }

  @AfterEach
  void stopThePrimary() {
    primary.close();
  }

  @Test
  void itHasWhatThePrimaryHadAndFollowsItButTakesNothingItself() {
    try (StandbyServer standby = StandbyServer.of(primary)) {
      primary.root().execute("INSERT INTO kept VALUES (1001)");

      await().until(() -> standby.root().count(COUNT) == 1001);
      assertThatThrownBy(() -> standby.root().execute("INSERT INTO kept VALUES (1)"))
          .hasStackTraceContaining("read-only transaction");
    }
  }

  @Test
  void aSynchronousOneThatIsPromotedHasAllThatThePrimaryCommitted() {
    try (StandbyServer standby = StandbyServer.of(primary)) {
      standby.beSynchronous();
      for (int i = 0; i < 100; i++) {
        primary.root().execute("INSERT INTO kept VALUES (" + i + ")");
      }

      primary.killHard();
      standby.promote();

      assertThat(standby.root().count(COUNT)).isEqualTo(1100);
      standby.root().execute("INSERT INTO kept VALUES (1)");
      assertThat(standby.root().count(COUNT)).isEqualTo(1101);
    }
  }

  @Test
  void oneThatIsCutOffMissesTheLastTransactions() {
    try (StandbyServer standby = StandbyServer.of(primary)) {
      primary.root().execute("INSERT INTO kept VALUES (1001)");
      await().until(() -> standby.root().count(COUNT) == 1001);

      standby.cut();
      primary.root().execute("INSERT INTO kept VALUES (1002)");
      primary.killHard();
      standby.promote();

      assertThat(standby.root().count(COUNT)).isEqualTo(1001);
    }
  }

  @Test
  void oneThatIsReconnectedCatchesUp() {
    try (StandbyServer standby = StandbyServer.of(primary)) {
      standby.cut();
      primary.root().execute("INSERT INTO kept VALUES (1001)");
      standby.reconnect();

      await().until(() -> standby.root().count(COUNT) == 1001);
    }
  }

  @Test
  void onceItIsPromotedItCanHaveAStandbyInTurn() {
    try (StandbyServer first = StandbyServer.of(primary)) {
      first.beSynchronous();
      primary.killHard();
      first.promote();
      try (StandbyServer second = StandbyServer.of(first.server())) {
        second.beSynchronous();
        first.root().execute("INSERT INTO kept VALUES (1001)");

        first.server().killHard();
        second.promote();

        assertThat(second.root().count(COUNT)).isEqualTo(1001);
        second.root().execute("INSERT INTO kept VALUES (1002)");
      }
    }
  }
}
