package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.FaultyProxy;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Copies in memory, and how they stay true. The one who writes has none, and writes elsewhere. */
@PostgresTest
class NearCacheTest {

  record User(int id, String name) {}

  private static final Duration HOUR = Duration.ofHours(1);
  private static final NearCacheSettings QUICK =
      new NearCacheSettings(1000, HOUR, Duration.ofMillis(100));

  private final TestDatabase database;
  private final FaultyProxy proxy;
  private final HikariDataSource direct;
  private final HikariDataSource throughProxy;
  private final PostgresCache writer;
  private final PostgresCache cache;

  NearCacheTest(TestDatabase database) throws IOException {
    this.database = database;
    proxy = new FaultyProxy(database.host(), database.port());
    direct = TestPool.of(database);
    throughProxy =
        TestPool.of(
            new TestDatabase(
                    "localhost",
                    proxy.port(),
                    database.name(),
                    database.username(),
                    database.password())
                .url(),
            database.username(),
            database.password());
    writer = PostgresCache.open(direct);
    writer.clear();
    cache = PostgresCache.builder(direct).sessions(throughProxy).nearCache(QUICK).open();
    await().until(cache::isNearCacheOpen);
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
    writer.close();
    throughProxy.close();
    direct.close();
    proxy.close();
  }

  @Test
  void whatWasReadOnceIsReadFromMemory() {
    writer.setMany(Map.of("a", 1, "b", 2));
    cache.get("a");
    cache.getMany(List.of("a", "b"));

    assertThat(cache.get("a", Integer.class)).isEqualTo(1);
    assertThat(cache.getMany(List.of("a", "b", "absent"), Integer.class))
        .containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    assertThat(cache.getOrCompute("b", Integer.class, HOUR, () -> 3)).isEqualTo(2);
    assertThat(cache.stats().nearHits()).isEqualTo(5);
  }

  @Test
  void whatCannotChangeIsMadeOnceAndWhatCanIsMadeForEachCaller() {
    writer.set("user", new User(1, "Ada"));
    writer.set("names", List.of("Ada"));
    copyOf("user");
    copyOf("names");

    assertThat(cache.get("user", User.class)).isSameAs(cache.get("user", User.class));
    assertThat(cache.get("user")).hasToString("{\"id\":1,\"name\":\"Ada\"}");
    assertThat(cache.get("user", User.class)).isEqualTo(new User(1, "Ada"));
    List<String> mine = cache.get("names", new TypeReference<List<String>>() {});
    mine.clear();
    assertThat(cache.get("names", new TypeReference<List<String>>() {})).containsExactly("Ada");
  }

  @Test
  void everyKindOfChangeElsewhereIsSeen() {
    Map<String, Runnable> changes =
        Map.of(
            "set", () -> writer.set("set", 2),
            "bytes", () -> writer.setBytes("bytes", new byte[] {1}),
            "many", () -> writer.setMany(Map.of("many", 2)),
            "compared", () -> writer.compareAndSet("compared", 1, 2, HOUR),
            "counted", () -> writer.increment("counted"),
            "deleted", () -> writer.delete("deleted"),
            "pattern", () -> writer.deletePattern("patt*"),
            "sql",
                () -> database.execute("DELETE FROM howdah_cache.cache_entries WHERE key = 'sql'"),
            "touched", () -> writer.touch("touched", Duration.ofMillis(1)));

    changes.forEach(
        (key, change) -> {
          writer.set(key, 1);
          assertThat(copyOf(key)).isEqualTo("1");
          change.run();
          await(key).untilAsserted(() -> assertThat(whatIsSeen(key)).isNotEqualTo("1"));
        });
  }

  @Test
  void manyChangesAtOnceAreSeenToo() {
    writer.set("other", 1);
    assertThat(copyOf("other")).isEqualTo("1");
    database.execute(
        "INSERT INTO howdah_cache.cache_entries (key, value)"
            + " SELECT 'bulk:' || i, '1' FROM generate_series(1, 2000) AS i");
    assertThat(copyOf("bulk:1999")).isEqualTo("1");

    writer.deletePattern("bulk:*");

    await().until(() -> !cache.exists("bulk:1999") && cache.get("bulk:1999") == null);

    assertThat(copyOf("other")).isEqualTo("1");
    database.execute("TRUNCATE howdah_cache.cache_entries");
    await().until(() -> cache.get("other") == null);
  }

  @Test
  void aChangeIsSeenWithItsCommitNotBefore() throws SQLException {
    writer.set("key", 1);
    assertThat(copyOf("key")).isEqualTo("1");
    try (Connection connection = direct.getConnection()) {
      connection.setAutoCommit(false);
      cache.on(connection).set("key", 2);
      assertThat(cache.on(connection).get("key", Integer.class)).isEqualTo(2);
      assertThat(cache.get("key", Integer.class)).isEqualTo(1);

      connection.commit();
    }

    await().until(() -> Integer.valueOf(2).equals(cache.get("key", Integer.class)));
  }

  @Test
  void whatTheInstanceItselfHasSetIsSeenAtOnce() {
    for (int i = 0; i < 200; i++) {
      cache.set("key", i);
      assertThat(cache.get("key", Integer.class)).isEqualTo(i);
      assertThat(cache.get("key", Integer.class)).isEqualTo(i);
    }
  }

  @Test
  void aCopyExpiresWithItsEntry() {
    writer.set("brief", 1, Duration.ofMillis(300));
    cache.get("brief");

    await().until(() -> cache.get("brief") == null);

    assertThat(writer.exists("brief")).isFalse();
  }

  @Test
  void aLostConnectionEmptiesTheCopiesAndTheyComeBackWithIt() {
    writer.set("key", 1);
    assertThat(copyOf("key")).isEqualTo("1");
    proxy.refuse();
    proxy.cutAll();
    await().until(() -> !cache.isNearCacheOpen());

    writer.set("key", 2);
    assertThat(cache.get("key", Integer.class)).isEqualTo(2);
    long before = cache.stats().nearHits();
    cache.get("key");
    assertThat(cache.stats().nearHits()).isEqualTo(before);

    proxy.accept();
    await().until(cache::isNearCacheOpen);
    assertThat(copyOf("key")).isEqualTo("2");
  }

  @Test
  void aConnectionThatDiesInSilenceIsNoticed() {
    writer.set("key", 1);
    assertThat(copyOf("key")).isEqualTo("1");

    proxy.blackHole();
    writer.set("key", 2);

    await().until(() -> Integer.valueOf(2).equals(cache.get("key", Integer.class)));
    assertThat(cache.isNearCacheOpen()).isFalse();
  }

  @Test
  void noOldValueStaysWhileOneWritesAndOthersRead() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> reading =
          List.of(1, 2, 3).stream()
              .<Future<?>>map(
                  i ->
                      readers.submit(
                          () -> {
                            while (!done.get()) {
                              cache.get("contended");
                            }
                          }))
              .toList();
      for (int i = 0; i <= 3000; i++) {
        writer.set("contended", i);
      }
      await().until(() -> Integer.valueOf(3000).equals(cache.get("contended", Integer.class)));
      done.set(true);
      for (Future<?> reader : reading) {
        reader.get();
      }
    } finally {
      readers.shutdownNow();
    }

    assertThat(cache.get("contended", Integer.class)).isEqualTo(3000);
  }

  @Test
  void aNotificationOfSomebodyElseDoesNoHarm() {
    writer.set("key", 1);
    assertThat(copyOf("key")).isEqualTo("1");

    database.execute("NOTIFY howdah_cache, 'hello'");
    writer.set("key", 2);

    await().until(() -> Integer.valueOf(2).equals(cache.get("key", Integer.class)));
    assertThat(copyOf("key")).isEqualTo("2");
  }

  @Test
  void itsConnectionGoesBackToThePool() {
    cache.close();

    await()
        .untilAsserted(
            () -> assertThat(throughProxy.getHikariPoolMXBean().getActiveConnections()).isZero());
  }

  /** Reads until it comes from memory: a notification of before may still be on its way. */
  private String copyOf(String key) {
    long before = cache.stats().nearHits();
    await()
        .until(
            () -> {
              cache.get(key);
              return cache.stats().nearHits() > before;
            });
    return String.valueOf(cache.getJson(key));
  }

  private String whatIsSeen(String key) {
    try {
      return String.valueOf(cache.getJson(key));
    } catch (CacheException e) {
      return "bytes";
    }
  }
}
