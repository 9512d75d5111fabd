package dev.howdah.cache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.cache.ComputePolicy;
import dev.howdah.cache.PostgresCache;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;

/** Spring's annotations and interface on the cache. */
@PostgresTest
class PostgresCacheManagerTest {

  record User(int id, String name) {}

  /** What an application has. */
  static class Users {
    private final AtomicInteger asked = new AtomicInteger();

    public int timesAsked() {
      return asked.get();
    }

    @Cacheable("users")
    public @Nullable User find(int id) {
      asked.incrementAndGet();
      return id == 0 ? null : new User(id, "Ada");
    }

    @Cacheable(cacheNames = "lists", sync = true)
    public List<User> all() {
      asked.incrementAndGet();
      return List.of(new User(1, "Ada"), new User(2, "Alan"));
    }

    @CachePut(cacheNames = "users", key = "#user.id")
    public User rename(User user) {
      return user;
    }

    @CacheEvict("users")
    public void remove(int id) {}
  }

  @Configuration
  @EnableCaching(proxyTargetClass = true)
  static class Application {
    @Bean
    CacheManager cacheManager(PostgresCache postgres) {
      return manager(postgres);
    }

    @Bean
    Users users() {
      return new Users();
    }
  }

  private final PostgresCache postgres;
  private final Cache cache;

  PostgresCacheManagerTest(TestDatabase database) {
    postgres = PostgresCache.open(database.dataSource());
    cache = Objects.requireNonNull(manager(postgres).getCache("users"));
  }

  @BeforeEach
  void empty() {
    postgres.clear();
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void annotatedMethodsAreCached() {
    try (var context = application()) {
      Users users = context.getBean(Users.class);

      assertThat(users.find(1)).isEqualTo(new User(1, "Ada"));
      assertThat(users.find(1)).isEqualTo(new User(1, "Ada"));
      assertThat(users.all()).isEqualTo(users.all()).hasSize(2);
      assertThat(users.timesAsked()).isEqualTo(2);
      assertThat(postgres.get("users:1", User.class)).isEqualTo(new User(1, "Ada"));

      users.rename(new User(1, "Augusta"));
      assertThat(users.find(1)).isEqualTo(new User(1, "Augusta"));

      users.remove(1);
      assertThat(users.find(1)).isEqualTo(new User(1, "Ada"));
    }
  }

  @Test
  void aNullIsKeptToo() {
    try (var context = application()) {
      Users users = context.getBean(Users.class);

      assertThat(users.find(0)).isNull();
      assertThat(users.find(0)).isNull();

      assertThat(users.timesAsked()).isEqualTo(1);
    }
  }

  @Test
  void aValueIsPutOnceOnly() {
    assertThat(cache.putIfAbsent(7, null)).isNull();
    Cache.ValueWrapper before = cache.putIfAbsent(7, new User(7, "late"));

    assertThat(before).isNotNull();
    assertThat(before.get()).isNull();
    assertThat(cache.evictIfPresent(7)).isTrue();
    assertThat(cache.evictIfPresent(7)).isFalse();
    assertThat(cache.invalidate()).isFalse();
  }

  @Test
  void whatAnOlderReleaseWroteIsNotThere() {
    postgres.set("users:1", "Ada");

    assertThat(cache.get(1)).isNull();
    assertThat(cache.get(1, () -> new User(1, "Ada"))).isEqualTo(new User(1, "Ada"));
  }

  @Test
  void whatALoaderThrowsComesOutAsSpringHasIt() {
    assertThatThrownBy(
            () ->
                cache.get(
                    1,
                    () -> {
                      throw new IOException("no user");
                    }))
        .isInstanceOf(Cache.ValueRetrievalException.class)
        .hasRootCauseMessage("no user");
  }

  @Test
  void aKeyWithoutATextOfItsOwnIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> cache.put(new Object(), new User(1, "Ada")))
        .withMessageContaining("cache 'users': a key of java.lang.Object has no toString()");
  }

  @Test
  void aNameThatWasNotGivenHasNoCache() {
    assertThat(manager(postgres).getCache("others")).isNull();
    assertThat(manager(postgres).getCacheNames()).containsExactly("users", "lists");
    assertThat(cache.getName()).isEqualTo("users");
    assertThat(cache.getNativeCache()).isInstanceOf(PostgresCache.class);
  }

  private AnnotationConfigApplicationContext application() {
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(PostgresCache.class, () -> postgres);
    context.register(Application.class);
    context.refresh();
    return context;
  }

  private static PostgresCacheManager manager(PostgresCache postgres) {
    return PostgresCacheManager.on(postgres)
        .with("users", User.class, Duration.ofMinutes(10))
        .with(
            "lists", new TypeReference<List<User>>() {}, ComputePolicy.ttl(Duration.ofMinutes(1)));
  }
}
