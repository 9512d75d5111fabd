package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

/** What each operation does, by one caller. */
@PostgresTest
class PostgresCacheTest {

  record User(String name, int age) {}

  private static final Duration HOUR = Duration.ofHours(1);

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final PostgresCache cache;
  private final TestClock clock;

  PostgresCacheTest(TestDatabase database) {
    this.database = database;
    pool = TestPool.of(database);
    cache = PostgresCache.open(pool);
    clock = new TestClock(database);
  }

  @BeforeEach
  void empty() {
    cache.clear();
  }

  @AfterEach
  void close() {
    cache.close();
    pool.close();
  }

  @Test
  void valuesComeBackAsTheTypesTheyWere() {
    cache.set("user", new User("Ada", 36));
    cache.set("users", List.of(new User("Ada", 36), new User("Alan", 41)));
    cache.set("text", "a \"quoted\" ☂");
    cache.set("number", 42);

    assertThat(cache.get("user", User.class)).isEqualTo(new User("Ada", 36));
    assertThat(cache.get("users", new TypeReference<List<User>>() {}))
        .containsExactly(new User("Ada", 36), new User("Alan", 41));
    assertThat(cache.get("text", String.class)).isEqualTo("a \"quoted\" ☂");
    assertThat(cache.get("number", Integer.class)).isEqualTo(42);
  }

  @Test
  void bytesComeBackAsTheyWere() {
    byte[] picture = new byte[100_000];
    picture[0] = (byte) 0xff;
    cache.setBytes("picture", picture);
    cache.setBytes("nothing", new byte[0]);

    assertThat(cache.getBytes("picture")).isEqualTo(picture);
    assertThat(cache.getBytes("nothing")).isEmpty();
    assertThat(cache.getBytes("absent")).isNull();
  }

  @Test
  void jsonAndBytesAreNotTakenForEachOther() {
    cache.setBytes("bytes", new byte[] {1});
    cache.set("json", 1);

    assertThatThrownBy(() -> cache.get("bytes"))
        .isInstanceOf(CacheException.class)
        .hasMessage("'bytes' holds bytes, not JSON: use getBytes");
    assertThatThrownBy(() -> cache.getBytes("json"))
        .isInstanceOf(CacheException.class)
        .hasMessage("'json' holds JSON, not bytes: use get");
  }

  @Test
  void aRowThatSomebodyMadeWithoutAValueIsJsonsNull() {
    database.execute("INSERT INTO howdah_cache.cache_entries (key) VALUES ('bare')");

    assertThat(cache.getJson("bare")).isEqualTo("null");
    assertThat(cache.get("bare", String.class)).isNull();
    assertThatThrownBy(() -> cache.increment("bare")).isInstanceOf(CacheException.class);
  }

  @Test
  void aValueOfAnotherTypeIsRefusedWithoutBeingShown() {
    cache.set("user", Map.of("name", "Ada", "age", "s3cret"));

    assertThatThrownBy(() -> cache.get("user", User.class))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("'user' is no")
        .hasMessageContaining("[\"age\"]")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void textThatIsNoJsonIsRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> cache.setJson("broken", "{\"password\": s3cret"))
        .isInstanceOf(CacheException.class)
        .hasMessage("could not set 'broken': the value does not fit (SQLSTATE 22P02)")
        .hasNoCause();
    assertThat(cache.exists("broken")).isFalse();
  }

  @Test
  void nullIsNoValue() {
    Map<String, Object> values = new HashMap<>();
    values.put("key", null);

    assertThatNullPointerException()
        .isThrownBy(() -> cache.setMany(values))
        .withMessage("the value for 'key' must not be null");
    assertThat(cache.exists("key")).isFalse();
  }

  @Test
  void anEntryIsThereUntilTheMomentItExpires() {
    cache.set("brief", 1, Duration.ofSeconds(10));

    clock.advance(Duration.ofSeconds(10).minusNanos(1000));
    assertThat(cache.get("brief", Integer.class)).isEqualTo(1);
    assertThat(cache.timeToLive("brief")).hasValue(Duration.ofNanos(1000));

    clock.advance(Duration.ofNanos(1000));
    assertThat(cache.get("brief", Integer.class)).isNull();
    assertThat(cache.getMany(List.of("brief"))).isEmpty();
    assertThat(cache.exists("brief")).isFalse();
    assertThat(cache.timeToLive("brief")).isEmpty();
    assertThat(cache.touch("brief", HOUR)).isFalse();
    assertThat(cache.compareAndSet("brief", 1, 2, HOUR)).isFalse();
    assertThat(cache.compareAndDelete("brief", 1)).isFalse();
    assertThat(cache.delete("brief")).isFalse();
  }

  @Test
  void withoutATimeToLiveItIsThereForEver() {
    cache.set("for ever", 1);

    assertThat(cache.timeToLive("for ever")).hasValue(PostgresCache.FOREVER);
  }

  @Test
  void theDefaultTimeToLiveIsThatOfTheBuilder() {
    try (PostgresCache minutes =
        PostgresCache.builder(pool).defaultTtl(Duration.ofMinutes(1)).open()) {
      minutes.set("one", 1);
      minutes.setMany(Map.of("many", 1));
      minutes.increment("count");
    }

    assertThat(List.of("one", "many", "count"))
        .allSatisfy(key -> assertThat(cache.timeToLive(key)).hasValue(Duration.ofMinutes(1)));
  }

  @Test
  void aSetReplacesValueTimeAndTags() {
    cache.set("key", 1, Duration.ofSeconds(1), "old");
    cache.setBytes("key", new byte[] {2}, HOUR, "new");

    clock.advance(Duration.ofSeconds(2));
    assertThat(cache.getBytes("key")).containsExactly(2);
    assertThat(cache.deleteTag("old")).isZero();
    assertThat(cache.deleteTag("new")).isEqualTo(1);
  }

  @Test
  void touchGivesANewTimeToLive() {
    cache.set("session", 1, Duration.ofMinutes(15));

    assertThat(cache.touch("session", HOUR)).isTrue();
    assertThat(cache.timeToLive("session")).hasValue(HOUR);
    assertThat(cache.touch("absent", HOUR)).isFalse();
  }

  @Test
  void manyAreReadInTheOrderOfTheKeysAndOnceEach() {
    cache.setMany(Map.of("a", 1, "b", 2, "c", 3));

    assertThat(cache.getMany(List.of("c", "absent", "a", "c"), Integer.class))
        .containsExactly(Map.entry("c", 3), Map.entry("a", 1));
    assertThat(cache.getMany(List.of())).isEmpty();
    assertThat(cache.deleteMany(List.of("a", "absent", "b", "a"))).isEqualTo(2);
    assertThat(cache.exists("c")).isTrue();
  }

  @Test
  void manyAreSetAllOrNone() {
    Map<String, Object> values = new HashMap<>(Map.of("a", 1, "b", "with a NUL: \0"));

    assertThatThrownBy(() -> cache.setMany(values)).isInstanceOf(CacheException.class);
    assertThat(cache.exists("a")).isFalse();
    cache.setMany(Map.of());
  }

  @Test
  void setIfAbsentSetsOnceUntilItExpires() {
    assertThat(cache.setIfAbsent("lock", "mine", Duration.ofSeconds(5))).isTrue();
    assertThat(cache.setIfAbsent("lock", "yours", HOUR)).isFalse();
    assertThat(cache.get("lock", String.class)).isEqualTo("mine");

    clock.advance(Duration.ofSeconds(5));
    assertThat(cache.setIfAbsent("lock", "yours", HOUR)).isTrue();
    assertThat(cache.get("lock", String.class)).isEqualTo("yours");
  }

  @Test
  void comparisonIsByMeaning() {
    cache.setJson("point", "{\"x\": 1, \"y\": 2.0}");

    assertThat(cache.compareAndSet("point", Map.of("x", 1, "y", 3), "no", HOUR)).isFalse();
    assertThat(cache.compareAndSet("point", Map.of("y", 2, "x", 1), "yes", HOUR)).isTrue();
    assertThat(cache.get("point", String.class)).isEqualTo("yes");
    assertThat(cache.compareAndDelete("point", "no")).isFalse();
    assertThat(cache.compareAndDelete("point", "yes")).isTrue();
    assertThat(cache.exists("point")).isFalse();
  }

  @Test
  void aCountKeepsTheTimeToLiveOfItsFirst() {
    assertThat(cache.increment("visits", 1, Duration.ofMinutes(1))).isEqualTo(1);
    clock.advance(Duration.ofSeconds(40));
    assertThat(cache.increment("visits", 5, Duration.ofMinutes(1))).isEqualTo(6);
    assertThat(cache.increment("visits", -2, Duration.ofMinutes(1))).isEqualTo(4);
    assertThat(cache.get("visits", Long.class)).isEqualTo(4);

    clock.advance(Duration.ofSeconds(20));
    assertThat(cache.increment("visits", 1, Duration.ofMinutes(1))).isEqualTo(1);
  }

  @Test
  void onlyWholeNumbersCount() {
    cache.set("text", "many");
    cache.set("half", 1.5);
    cache.setBytes("bytes", new byte[] {1});
    cache.set("most", Long.MAX_VALUE);

    assertThat(List.of("text", "half", "bytes", "most"))
        .allSatisfy(
            key ->
                assertThatThrownBy(() -> cache.increment(key))
                    .isInstanceOf(CacheException.class)
                    .hasMessageStartingWith("could not increment '" + key + "'"));
    assertThat(cache.get("most", Long.class)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aTagDeletesWhatWasSetWithIt() {
    cache.set("page:1", "a", HOUR, "product:7", "front");
    cache.set("page:2", "b", HOUR, "product:7");
    cache.set("page:3", "c", HOUR, "front");

    assertThat(cache.deleteTag("product:7")).isEqualTo(2);
    assertThat(cache.getMany(List.of("page:1", "page:2", "page:3"))).containsOnlyKeys("page:3");
  }

  @Test
  void aViewSeesAndDoesOnlyWhatHasItsPrefix() {
    PostgresCache users = cache.withPrefix("user:");
    PostgresCache admins = users.withPrefix("admin:");
    users.set("1", "Ada", HOUR, "people");
    admins.set("2", "Alan", HOUR, "people");
    cache.set("1", "other", HOUR, "people");

    assertThat(cache.get("user:1", String.class)).isEqualTo("Ada");
    assertThat(cache.get("user:admin:2", String.class)).isEqualTo("Alan");
    assertThat(users.getMany(List.of("1", "admin:2"), String.class))
        .containsExactly(Map.entry("1", "Ada"), Map.entry("admin:2", "Alan"));
    assertThat(admins.deletePattern("*")).isEqualTo(1);
    assertThat(users.deleteTag("people")).isEqualTo(1);
    assertThat(users.clear()).isZero();
    assertThat(cache.clear()).isEqualTo(1);
  }

  @Test
  void aPrefixIsNoPattern() {
    cache.set("a_b:1", 1);
    cache.set("axb:1", 1);
    cache.set("%:1", 1);

    assertThat(cache.withPrefix("a_b:").clear()).isEqualTo(1);
    assertThat(cache.withPrefix("%").clear()).isEqualTo(1);
    assertThat(cache.withPrefix("*").clear()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void keysThatCannotBeAreRefused(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.get(key))
        .withMessageContaining("must have 1 to 1024 bytes");
  }

  @Test
  void theLongestKeyHas1024Bytes() {
    cache.set("ü".repeat(512), 1);

    assertThat(cache.exists("ü".repeat(512))).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> cache.set("ü".repeat(512) + "x", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.withPrefix("x").set("ü".repeat(512), 1));
  }

  @Test
  void timesToLiveThatCannotBeAreRefused() {
    assertThat(List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(36_501)))
        .allSatisfy(
            ttl ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.set("key", 1, ttl))
                    .withMessageContaining("must be more than zero"));
    cache.set("key", 1, Duration.ofNanos(1));
    cache.set("key", 1, Duration.ofDays(36_500));
  }

  @Test
  void statsTellWhatWasDone() {
    CacheStats stats;
    try (PostgresCache counted = PostgresCache.open(pool)) {
      counted.set("a", 1);
      counted.get("a");
      counted.withPrefix("ab").get("sent");
      counted.getMany(List.of("a", "absent"));
      counted.delete("a");
      counted.delete("a");
      stats = counted.stats();
    }

    assertThat(stats.hits()).isEqualTo(2);
    assertThat(stats.misses()).isEqualTo(2);
    assertThat(stats.puts()).isEqualTo(1);
    assertThat(stats.deletes()).isEqualTo(1);
    assertThat(stats.hitRatio()).isEqualTo(0.5);
  }

  @Test
  void sizesAreToldByPrefix() {
    cache.set("user:1", "x".repeat(1000));
    cache.set("user:2:name", 1);
    cache.set("lonely", 1);
    cache.set("user:expired", 1, Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));

    assertThat(cache.sizes())
        .extracting(PrefixSize::prefix, PrefixSize::entries)
        .containsExactly(tuple("user:", 2L), tuple("", 1L));
    assertThat(cache.sizes().get(0).bytes()).isGreaterThan(1000);
    assertThat(cache.withPrefix("user:").sizes()).hasSize(1);
  }
}
