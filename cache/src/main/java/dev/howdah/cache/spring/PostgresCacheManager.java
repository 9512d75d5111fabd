package dev.howdah.cache.spring;

import dev.howdah.cache.ComputePolicy;
import dev.howdah.cache.PostgresCache;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import tools.jackson.core.type.TypeReference;

/**
 * Spring's caches in PostgreSQL: each has the entries whose keys begin with its name and a colon.
 * Each says what its values are, so that JSON is never read as whatever a stored type name says.
 *
 * <pre>{@code
 * @Bean
 * CacheManager cacheManager(PostgresCache cache) {
 *   return PostgresCacheManager.on(cache)
 *       .with("users", User.class, Duration.ofMinutes(10))
 *       .with("prices", Price.class, Duration.ofSeconds(30));
 * }
 * }</pre>
 *
 * <p>A name that was not given has no cache, which Spring reports at the first use. Immutable and
 * thread-safe; the {@link PostgresCache} stays the application's to close.
 */
@SuppressWarnings("exports") // Whoever uses this class has Spring.
public final class PostgresCacheManager implements CacheManager {

  private final PostgresCache postgres;
  private final Map<String, SpringCache> caches;

  private PostgresCacheManager(PostgresCache postgres, Map<String, SpringCache> caches) {
    this.postgres = postgres;
    this.caches = caches;
  }

  /**
   * A manager without caches.
   *
   * @param postgres where the entries are
   * @return the manager
   */
  public static PostgresCacheManager on(PostgresCache postgres) {
    return new PostgresCacheManager(postgres, Map.of());
  }

  /**
   * A manager with one cache more.
   *
   * @param name of the cache, as in {@code @Cacheable("users")}
   * @param type what its values are
   * @param ttl the time to live of its entries
   * @return a manager like this one, with the cache
   */
  public PostgresCacheManager with(String name, Class<?> type, Duration ttl) {
    return with(name, new ClassReference(type), ComputePolicy.ttl(ttl));
  }

  /**
   * A manager with one cache more, whose values have a generic type.
   *
   * @param name of the cache, as in {@code @Cacheable("users")}
   * @param type such as {@code new TypeReference<List<User>>() {}}
   * @param policy how its values are kept; stale ones and patience are for {@code sync = true}
   * @return a manager like this one, with the cache
   */
  public PostgresCacheManager with(String name, TypeReference<?> type, ComputePolicy policy) {
    Map<String, SpringCache> more = new LinkedHashMap<>(caches);
    more.put(name, new SpringCache(name, postgres.withPrefix(name + ":"), type, policy));
    return new PostgresCacheManager(postgres, Collections.unmodifiableMap(more));
  }

  @Override
  public @Nullable Cache getCache(String name) {
    return caches.get(name);
  }

  @Override
  public Collection<String> getCacheNames() {
    return caches.keySet();
  }

  /** A class in the form of a generic type. */
  private static final class ClassReference extends TypeReference<Object> {
    private final Class<?> type;

    ClassReference(Class<?> type) {
      this.type = type;
    }

    @Override
    public Type getType() {
      return type;
    }
  }
}
