package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Random operations of several threads at once, each on keys of its own and compared with a model,
 * and all on one count. Between rounds the clock moves on. 50 tries of 4 rounds of 4 threads of 125
 * steps: 100,000 steps.
 */
class ModelTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 4;
  private static final int STEPS_A_ROUND = 125;

  /** What one thread does in one round, and how far the clock goes then. */
  record Round(List<List<Step>> stepsByThread, Duration pause) {}

  private static HikariDataSource pool;
  private static PostgresCache cache;
  private static TestClock clock;
  private static ExecutorService threads;

  @BeforeContainer
  static void open() {
    TestDatabase database = PostgresServer.shared().createDatabase();
    pool = TestPool.of(database);
    cache = PostgresCache.open(pool);
    clock = new TestClock(database);
    threads = Executors.newFixedThreadPool(THREADS);
  }

  @AfterContainer
  static void close() {
    threads.shutdownNow();
    cache.close();
    pool.close();
  }

  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void theCacheDoesWhatTheModelDoes(@ForAll("rounds") List<Round> rounds) throws Exception {
    cache.clear();
    List<Model> models = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      models.add(new Model(cache.withPrefix("thread_" + i + ":")));
    }
    long counted = 0;
    for (Round round : rounds) {
      counted += play(round, models);
      clock.advance(round.pause());
      models.forEach(model -> model.advance(round.pause()));
    }

    assertThat(cache.increment("of all", 0, PostgresCache.FOREVER)).isEqualTo(counted);
    models.forEach(Model::compareEverything);
  }

  /** How often the threads have counted. */
  private static long play(Round round, List<Model> models) throws Exception {
    List<Future<?>> playing = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Model model = models.get(i);
      List<Step> steps = round.stepsByThread().get(i);
      playing.add(
          threads.submit(
              () -> {
                for (Step step : steps) {
                  step.takenBy(model);
                }
                cache.increment("of all");
              }));
    }
    for (Future<?> thread : playing) {
      try {
        thread.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
    return THREADS;
  }

  @Provide
  Arbitrary<List<Round>> rounds() {
    Arbitrary<List<List<Step>>> steps =
        Step.any().list().ofSize(STEPS_A_ROUND).list().ofSize(THREADS);
    Arbitrary<Duration> pauses = Arbitraries.integers().between(0, 9).map(Duration::ofSeconds);
    return Combinators.combine(steps, pauses).as(Round::new).list().ofSize(ROUNDS);
  }
}
