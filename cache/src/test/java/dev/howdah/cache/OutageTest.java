package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.Direction;
import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.Fault;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a cache when its server dies, and what callers see meanwhile. */
class OutageTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static EmbeddedServer server;

  @BeforeAll
  static void startServer() {
    server = EmbeddedServer.start(Map.of());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void aKilledServerComesBackEmptyAndServesAgain() {
    try (HikariDataSource pool = TestPool.of(server.root());
        PostgresCache cache = PostgresCache.open(pool)) {
      cache.setMany(Map.of("a", 1, "b", 2));
      cache.increment("count");

      server.killHard();
      assertThatThrownBy(() -> cache.get("a"))
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.isDatabaseAway()).isTrue());
      server.restart();

      await().ignoreExceptions().until(() -> cache.getMany(List.of("a", "b")).isEmpty());
      assertThat(cache.increment("count")).isEqualTo(1);
      assertThat(cache.getOrCompute("a", Integer.class, HOUR, () -> 3)).isEqualTo(3);
    }
  }

  @Test
  void aRestartInGoodOrderKeepsTheEntries() {
    try (HikariDataSource pool = TestPool.of(server.root());
        PostgresCache cache = PostgresCache.open(pool)) {
      cache.set("kept", 1);

      server.restart();

      await().ignoreExceptions().until(() -> cache.exists("kept"));
    }
  }

  @Test
  void aLoggedTableSurvivesAKill() {
    try (HikariDataSource pool = TestPool.of(server.root());
        PostgresCache cache =
            PostgresCache.builder(pool).schema("kept \"cache\"").logged(true).open()) {
      cache.set("kept", 1);
      server.root().execute("CHECKPOINT");

      server.killHard();
      server.restart();

      await().ignoreExceptions().until(() -> cache.exists("kept"));
    }
  }

  @Test
  void aDeadDatabaseReadsAsAMissWhereThatIsWanted() {
    try (HikariDataSource pool = TestPool.of(server.root());
        PostgresCache cache = PostgresCache.builder(pool).fallback(Fallback.MISS).open()) {
      cache.set("key", 1);
      server.stopFast();

      assertThat(cache.get("key")).isNull();
      assertThat(cache.getMany(List.of("key", "other"))).isEmpty();
      assertThat(cache.exists("key")).isFalse();
      assertThat(cache.getOrCompute("key", Integer.class, HOUR, () -> 2)).isEqualTo(2);
      assertThat(cache.stats().unanswered()).isEqualTo(4);
      assertThatThrownBy(() -> cache.set("key", 3))
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.isDatabaseAway()).isTrue());
      assertThatThrownBy(() -> cache.delete("key")).isInstanceOf(CacheException.class);

      server.restart();
      await().until(() -> Integer.valueOf(1).equals(cache.get("key", Integer.class)));
    }
  }

  @Test
  void callersDoNotWaitForADeadDatabaseOneAfterTheOther() {
    try (HikariDataSource pool = TestPool.of(server.root());
        PostgresCache cache = PostgresCache.builder(pool).fallback(Fallback.MISS).open()) {
      server.stopFast();
      cache.get("key");
      int connections = pool.getHikariPoolMXBean().getTotalConnections();
      long before = cache.stats().unanswered();

      // More than could each wait for the pool, within what the test may take.
      for (int i = 0; i < 10_000; i++) {
        cache.get("key");
      }

      assertThat(connections).isZero();
      assertThat(cache.stats().unanswered() - before).isEqualTo(10_000);
      server.restart();
    }
  }

  @Test
  void aCacheOpensWithoutItsDatabaseWhereThatReadsAsAMiss() {
    server.stopFast();
    try (HikariDataSource pool = TestPool.of(server.root())) {
      assertThatThrownBy(() -> PostgresCache.open(pool)).isInstanceOf(CacheException.class);
      try (PostgresCache cache =
          PostgresCache.builder(pool).schema("late").fallback(Fallback.MISS).open()) {
        assertThat(cache.get("key")).isNull();

        server.restart();
        await()
            .ignoreExceptions()
            .until(
                () -> {
                  cache.set("key", 1);
                  return Integer.valueOf(1).equals(cache.get("key", Integer.class));
                });
      }
    }
  }

  @Test
  void aCallThatIsCutOffFailsAndTheNextOneServes() throws IOException {
    TestDatabase root = server.root();
    try (FaultyProxy proxy = new FaultyProxy(root.host(), root.port());
        HikariDataSource pool =
            TestPool.of(
                new TestDatabase("localhost", proxy.port(), root.name(), root.username(), "").url(),
                root.username(),
                "");
        PostgresCache cache = PostgresCache.open(pool)) {
      cache.set("key", 1);
      // The call arrives, its answer does not.
      proxy.connections().forEach(c -> c.strikeAfter(Direction.TO_SERVER, 1, Fault.RESET));

      assertThatThrownBy(() -> cache.increment("key"))
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.isDatabaseAway()).isTrue());
      assertThat(cache.get("key", Integer.class)).isBetween(1, 2);
    }
  }
}
