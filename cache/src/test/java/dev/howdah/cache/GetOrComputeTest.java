package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Who computes, and who waits. */
@PostgresTest
class GetOrComputeTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final PostgresCache cache;
  private final PostgresCache otherInstance;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger computed = new AtomicInteger();

  GetOrComputeTest(TestDatabase database) {
    this.database = database;
    pool = TestPool.of(database);
    cache = PostgresCache.open(pool);
    otherInstance = PostgresCache.open(pool);
  }

  @BeforeEach
  void empty() {
    TestClock.release(database);
    cache.clear();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    cache.close();
    otherInstance.close();
    pool.close();
  }

  @Test
  void aValueIsComputedOnceAndKept() {
    assertThat(cache.getOrCompute("key", Integer.class, HOUR, computed::incrementAndGet)).isOne();
    assertThat(cache.getOrCompute("key", Integer.class, HOUR, computed::incrementAndGet)).isOne();

    assertThat(cache.timeToLive("key").orElseThrow()).isBetween(Duration.ofMinutes(59), HOUR);
    assertThat(cache.stats().computations()).isOne();
    assertThat(cache.stats().hits()).isOne();
    assertThat(cache.stats().misses()).isOne();
  }

  @Test
  void genericTypesAreComputedToo() {
    ComputePolicy policy = ComputePolicy.ttl(HOUR);
    TypeReference<List<Integer>> type = new TypeReference<>() {};

    cache.getOrCompute("list", type, policy, () -> List.of(1, 2));

    assertThat(cache.getOrCompute("list", type, policy, List::of)).containsExactly(1, 2);
  }

  @Test
  void whatTheLoaderThrowsComesOutAndNothingIsKept() {
    assertThatThrownBy(
            () ->
                cache.getOrCompute(
                    "key",
                    String.class,
                    HOUR,
                    () -> {
                      throw new IOException("no page");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no page");
    assertThat(cache.getOrCompute("key", String.class, HOUR, () -> null)).isNull();
    assertThat(cache.exists("key")).isFalse();
  }

  @Test
  void aValueThatCannotBeReadIsComputedAnew() {
    cache.set("key", "text");

    assertThat(cache.getOrCompute("key", Integer.class, HOUR, () -> 7)).isEqualTo(7);
    assertThat(cache.get("key", Integer.class)).isEqualTo(7);
  }

  @Test
  void ofManyThreadsInTwoInstancesOneComputes() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    List<Future<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      PostgresCache instance = i % 2 == 0 ? cache : otherInstance;
      callers.add(
          threads.submit(
              () -> {
                together.await();
                return instance.getOrCompute("key", Integer.class, HOUR, computed::incrementAndGet);
              }));
    }

    together.countDown();

    for (Future<Integer> caller : callers) {
      assertThat(caller.get()).isOne();
    }
    assertThat(computed).hasValue(1);
  }

  @Test
  void ofTwoJvmsOneComputesEachKey() throws Exception {
    int keys = 40;
    database.execute("DROP TABLE IF EXISTS computed; CREATE TABLE computed (key text)");
    List<CompletableFuture<ForkedJvm.Result>> jvms = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      jvms.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ForkedJvm.run(
                      ComputingProgram.class,
                      database.url(),
                      database.username(),
                      database.password(),
                      Integer.toString(keys));
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              threads));
    }

    for (CompletableFuture<ForkedJvm.Result> jvm : jvms) {
      assertThat(jvm.get().output()).contains("saw " + keys + " keys");
    }
    assertThat(database.count("SELECT count(*) FROM computed")).isEqualTo(keys);
    assertThat(database.count("SELECT count(DISTINCT key) FROM computed")).isEqualTo(keys);
  }

  @Test
  void whoseLockHolderDiesComputesAtOnce() throws Exception {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<Integer> dead =
        threads.submit(
            () ->
                otherInstance.getOrCompute(
                    "key",
                    Integer.class,
                    HOUR,
                    () -> {
                      computing.countDown();
                      end.await();
                      return 1;
                    }));
    computing.await();
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks"
            + " WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()");

    ComputePolicy patient = ComputePolicy.ttl(HOUR).patience(Duration.ofMinutes(5));
    assertThat(cache.getOrCompute("key", Integer.class, patient, () -> 2)).isEqualTo(2);

    end.countDown();
    assertThat(dead.get()).isEqualTo(1);
  }

  @Test
  void whoLosesPatienceComputesForItself() throws Exception {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<String> slow = slowComputation("slow", computing, end);
    computing.await();
    ComputePolicy hasty = ComputePolicy.ttl(HOUR).patience(Duration.ofMillis(20));

    assertThat(cache.getOrCompute("key", String.class, hasty, () -> "mine")).isEqualTo("mine");
    assertThat(otherInstance.getOrCompute("key", String.class, hasty, () -> "other"))
        .isEqualTo("mine");
    end.countDown();
    assertThat(slow.get()).isEqualTo("slow");
  }

  @Test
  void aStaleValueIsGivenWhileOneComputes() throws Exception {
    TestClock clock = new TestClock(database);
    ComputePolicy policy = ComputePolicy.ttl(Duration.ofMinutes(1)).staleFor(Duration.ofMinutes(5));
    cache.getOrCompute("key", String.class, policy, () -> "old");
    clock.advance(Duration.ofMinutes(2));
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<String> slow = slowComputation("new", computing, end);
    computing.await();

    assertThat(cache.getOrCompute("key", String.class, policy, () -> "never")).isEqualTo("old");
    assertThat(otherInstance.getOrCompute("key", String.class, policy, () -> "never"))
        .isEqualTo("old");
    assertThat(cache.get("key", String.class)).isNull();
    assertThat(cache.cleanUp()).isZero();
    assertThat(cache.stats().staleHits()).isOne();

    end.countDown();
    assertThat(slow.get()).isEqualTo("new");
    assertThat(otherInstance.getOrCompute("key", String.class, policy, () -> "never"))
        .isEqualTo("new");
  }

  @Test
  void aStaleValueIsGoneAfterItsTime() {
    TestClock clock = new TestClock(database);
    ComputePolicy policy = ComputePolicy.ttl(Duration.ofMinutes(1)).staleFor(Duration.ofMinutes(5));
    cache.getOrCompute("key", String.class, policy, () -> "old");

    clock.advance(Duration.ofMinutes(6));

    assertThat(cache.cleanUp()).isOne();
  }

  @Test
  void moreComputationsThanConnectionsDoNotUseUpThePool() throws Exception {
    int callers = 3 * pool.getMaximumPoolSize();
    CountDownLatch allCompute = new CountDownLatch(callers);
    List<Future<Long>> values = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      String key = "key:" + i;
      values.add(
          threads.submit(
              () ->
                  cache.getOrCompute(
                      key,
                      Long.class,
                      HOUR,
                      () -> {
                        allCompute.countDown();
                        allCompute.await();
                        return cache.increment("statement of a computation");
                      })));
    }

    for (Future<Long> value : values) {
      assertThat(value.get()).isBetween(1L, (long) callers);
    }
    assertThat(database.count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
        .isZero();
  }

  private Future<String> slowComputation(
      String value, CountDownLatch computing, CountDownLatch end) {
    return threads.submit(
        () ->
            cache.getOrCompute(
                "key",
                String.class,
                HOUR,
                () -> {
                  computing.countDown();
                  end.await();
                  return value;
                }));
  }
}
