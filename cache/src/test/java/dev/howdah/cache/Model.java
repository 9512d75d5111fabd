package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a cache ought to do, in a map, beside the cache that does it. For one thread. */
final class Model {

  /** Its end is by the model's clock; null: never. */
  private record Entry(long value, @Nullable Duration end, Set<String> tags) {}

  private final PostgresCache cache;
  private final Map<String, Entry> entries = new TreeMap<>();
  private Duration now = Duration.ZERO;

  Model(PostgresCache cache) {
    this.cache = cache;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
    entries.values().removeIf(entry -> entry.end() != null && entry.end().compareTo(now) <= 0);
  }

  void get(String key) {
    assertThat(cache.get(key, Long.class)).isEqualTo(value(key));
  }

  void exists(String key) {
    assertThat(cache.exists(key)).isEqualTo(entries.containsKey(key));
  }

  void timeToLive(String key) {
    assertThat(cache.timeToLive(key))
        .isEqualTo(Optional.ofNullable(entries.get(key)).map(this::left));
  }

  void getMany(Collection<String> keys) {
    Map<String, Long> expected = new LinkedHashMap<>();
    for (String key : keys) {
      Long value = value(key);
      if (value != null) {
        expected.put(key, value);
      }
    }
    assertThat(cache.getMany(keys, Long.class)).isEqualTo(expected);
  }

  void set(String key, long value, Duration ttl, String... tags) {
    cache.set(key, value, ttl, tags);
    put(key, value, ttl, tags);
  }

  void setMany(Map<String, Long> values, Duration ttl) {
    cache.setMany(values, ttl);
    values.forEach((key, value) -> put(key, value, ttl));
  }

  void setIfAbsent(String key, long value, Duration ttl) {
    boolean absent = !entries.containsKey(key);
    assertThat(cache.setIfAbsent(key, value, ttl)).isEqualTo(absent);
    if (absent) {
      put(key, value, ttl);
    }
  }

  void compareAndSet(String key, long expected, long value, Duration ttl) {
    boolean equal = Long.valueOf(expected).equals(value(key));
    assertThat(cache.compareAndSet(key, expected, value, ttl)).isEqualTo(equal);
    Entry before = entries.get(key);
    if (equal && before != null) {
      put(key, value, ttl, before.tags().toArray(String[]::new));
    }
  }

  void compareAndDelete(String key, long expected) {
    boolean equal = Long.valueOf(expected).equals(value(key));
    assertThat(cache.compareAndDelete(key, expected)).isEqualTo(equal);
    if (equal) {
      entries.remove(key);
    }
  }

  void increment(String key, long delta, Duration ttl) {
    Entry before = entries.get(key);
    long sum = (before == null ? 0 : before.value()) + delta;
    assertThat(cache.increment(key, delta, ttl)).isEqualTo(sum);
    if (before == null) {
      put(key, sum, ttl);
    } else {
      entries.put(key, new Entry(sum, before.end(), before.tags()));
    }
  }

  void getOrCompute(String key, long value, Duration ttl) {
    Long before = value(key);
    assertThat(cache.getOrCompute(key, Long.class, ttl, () -> value))
        .isEqualTo(before == null ? value : before);
    if (before == null) {
      put(key, value, ttl);
    }
  }

  void touch(String key, Duration ttl) {
    Entry before = entries.get(key);
    assertThat(cache.touch(key, ttl)).isEqualTo(before != null);
    if (before != null) {
      put(key, before.value(), ttl, before.tags().toArray(String[]::new));
    }
  }

  void delete(String key) {
    assertThat(cache.delete(key)).isEqualTo(entries.remove(key) != null);
  }

  void deleteMany(Collection<String> keys) {
    Set<String> there = new HashSet<>(keys);
    there.retainAll(entries.keySet());
    assertThat(cache.deleteMany(keys)).isEqualTo(there.size());
    entries.keySet().removeAll(there);
  }

  void deletePattern(String pattern) {
    // These patterns say the same as regular expressions, but for the wildcards.
    String regex = pattern.replace("*", ".*").replace("?", ".");
    remove(cache.deletePattern(pattern), key -> key.matches(regex));
  }

  void deleteTag(String tag) {
    remove(cache.deleteTag(tag), key -> entries.get(key).tags().contains(tag));
  }

  /** At the end: no entry too many, none too few. */
  void compareEverything() {
    getMany(List.copyOf(entries.keySet()));
    assertThat(cache.clear()).isEqualTo(entries.size());
  }

  private void remove(long deleted, Predicate<String> condition) {
    List<String> doomed = entries.keySet().stream().filter(condition).toList();
    assertThat(deleted).isEqualTo(doomed.size());
    doomed.forEach(entries::remove);
  }

  private @Nullable Long value(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  private void put(String key, long value, Duration ttl, String... tags) {
    Duration end = ttl.equals(PostgresCache.FOREVER) ? null : now.plus(ttl);
    entries.put(key, new Entry(value, end, Set.of(tags)));
  }

  private Duration left(Entry entry) {
    return entry.end() == null ? PostgresCache.FOREVER : entry.end().minus(now);
  }
}
