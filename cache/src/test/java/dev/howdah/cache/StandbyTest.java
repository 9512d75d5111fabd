package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.StandbyServer;
import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What an application sees of a cache that it opens on a standby, and after its promotion. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandbyTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String KEPT = "kept_cache";

  private static EmbeddedServer primary;
  private static StandbyServer standby;

  @BeforeAll
  static void fillAPrimaryAndFollowIt() {
    primary = EmbeddedServer.start(Map.of());
    try (PostgresCache cache = builder(primary.root()).open();
        PostgresCache kept = builder(primary.root()).schema(KEPT).logged(true).open()) {
      cache.set("key", 1);
      kept.set("key", 1);
    }
    standby = StandbyServer.of(primary);
  }

  @AfterAll
  static void stop() {
    standby.close();
    primary.close();
  }

  @Test
  @Order(1)
  void aCacheOpensOnAStandbyButAReadFailsSinceItsTableIsNotThere() {
    try (PostgresCache cache = builder(standby.root()).open()) {
      assertThatThrownBy(() -> cache.get("key"))
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.isDatabaseAway()).isFalse())
          .hasMessageContaining("during recovery");
    }
  }

  @Test
  @Order(2)
  void thatIsNoOutageWhichWouldReadAsAMiss() {
    try (PostgresCache cache = builder(standby.root()).fallback(Fallback.MISS).open()) {
      assertThatThrownBy(() -> cache.get("key")).isInstanceOf(CacheException.class);
      assertThat(cache.stats().unanswered()).isZero();
    }
  }

  @Test
  @Order(3)
  void aLoggedTableIsReadOnAStandbyAndWrittenOnThePrimaryOnly() {
    try (PostgresCache kept = builder(primary.root()).schema(KEPT).open();
        PostgresCache copy = builder(standby.root()).schema(KEPT).open()) {
      kept.set("key", 2);

      await().until(() -> Integer.valueOf(2).equals(copy.get("key", Integer.class)));
      assertThatThrownBy(() -> copy.set("key", 3))
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.isDatabaseAway()).isFalse())
          .hasMessageContaining("read-only transaction");
    }
  }

  @Test
  @Order(4)
  void afterItsPromotionTheUnloggedOneIsEmptyAndServesAndTheLoggedOneIsAsItWas() {
    standby.promote();

    try (PostgresCache cache = builder(standby.root()).open();
        PostgresCache kept = builder(standby.root()).schema(KEPT).open()) {
      assertThat(cache.get("key")).isNull();
      assertThat(cache.getOrCompute("key", Integer.class, HOUR, () -> 3)).isEqualTo(3);
      assertThat(kept.exists("key")).isTrue();
    }
  }

  private static CacheBuilder builder(TestDatabase database) {
    return PostgresCache.builder(database.dataSource()).cleanupInterval(PostgresCache.FOREVER);
  }
}
