package dev.howdah.cache.spring;

import dev.howdah.cache.CacheException;
import dev.howdah.cache.ComputePolicy;
import dev.howdah.cache.PostgresCache;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.NullValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.NullNode;

/**
 * One of Spring's caches: the entries of a view, all of one type. A null of the application's is
 * kept as JSON's null. What cannot be read, such as what an older release wrote, is not there.
 * Thread-safe.
 */
final class SpringCache extends AbstractValueAdaptingCache {

  private static final String NULL = "null";

  private final String name;
  private final PostgresCache entries;
  private final TypeReference<?> type;
  private final ComputePolicy policy;

  SpringCache(String name, PostgresCache entries, TypeReference<?> type, ComputePolicy policy) {
    super(true);
    this.name = name;
    this.entries = entries;
    this.type = type;
    this.policy = policy;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Object getNativeCache() {
    return entries;
  }

  @Override
  protected @Nullable Object lookup(Object key) {
    String json = entries.getJson(text(key));
    if (json == null) {
      return null;
    }
    if (json.equals(NULL)) {
      return NullValue.INSTANCE;
    }
    try {
      return entries.mapper().readValue(json, type);
    } catch (JacksonException e) {
      return null;
    }
  }

  @Override
  @SuppressWarnings("unchecked") // The caller's type is what the cache was given as its type.
  public <T> @Nullable T get(Object key, Callable<T> loader) {
    try {
      return entries.getOrCompute(text(key), (TypeReference<T>) type, policy, loader::call);
    } catch (CacheException e) {
      throw e;
    } catch (Exception e) {
      throw new ValueRetrievalException(key, loader, e);
    }
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    if (value == null) {
      entries.setJson(text(key), NULL, policy.ttl());
    } else {
      entries.set(text(key), value, policy.ttl());
    }
  }

  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    Object stored = value == null ? NullNode.getInstance() : value;
    return entries.setIfAbsent(text(key), stored, policy.ttl()) ? null : get(key);
  }

  @Override
  public void evict(Object key) {
    entries.delete(text(key));
  }

  @Override
  public boolean evictIfPresent(Object key) {
    return entries.delete(text(key));
  }

  @Override
  public void clear() {
    entries.clear();
  }

  @Override
  public boolean invalidate() {
    return entries.clear() > 0;
  }

  private String text(Object key) {
    try {
      if (key.getClass().getMethod("toString").getDeclaringClass() != Object.class) {
        return key.toString();
      }
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every class has toString()", e);
    }
    throw new IllegalStateException(
        "cache '"
            + name
            + "': a key of "
            + key.getClass().getName()
            + " has no toString() of its own, which would tell it from others");
  }
}
