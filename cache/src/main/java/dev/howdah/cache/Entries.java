package dev.howdah.cache;

import dev.howdah.cache.Connections.Work;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations on entries by their whole keys, counted: the table behind, and what is done while
 * the database is away. Thread-safe, but for those on a caller's connection.
 */
final class Entries {

  private final EntryTable table;
  private final Connections connections;
  private final Counters counters;
  private final Outage outage;
  private final @Nullable NearCache near;
  private final @Nullable RecentUse recentUse;

  /**
   * @param outage what becomes of reads while the database is away
   * @param near copies in memory; null where there are none
   * @param recentUse told what is read; null where nobody wants to know
   */
  Entries(
      EntryTable table,
      Connections connections,
      Counters counters,
      Outage outage,
      @Nullable NearCache near,
      @Nullable RecentUse recentUse) {
    this.table = table;
    this.connections = connections;
    this.counters = counters;
    this.outage = outage;
    this.near = near;
    this.recentUse = recentUse;
  }

  /** The same on a caller's connection: a failure is never taken for a miss, nor a copy read. */
  Entries on(Connection connection) {
    return new Entries(
        table,
        new Connections.Callers(connection),
        counters,
        Outage.notAccepted(),
        null,
        recentUse);
  }

  /** An entry that has not expired. */
  @Nullable StoredEntry find(String key) {
    StoredEntry entry = answer(() -> lookUp(key), null);
    StoredEntry fresh = entry != null && entry.isFresh() ? entry : null;
    counters.read(fresh != null);
    return fresh;
  }

  /** An entry that may have expired; not counted as a hit or miss, and without fallback. */
  @Nullable StoredEntry lookUp(String key) {
    StoredEntry copy = copy(key);
    if (copy != null) {
      return copy;
    }
    long version = version(key);
    long start = System.nanoTime();
    StoredEntry entry = connections.run("get '" + key + "'", c -> table.read(c, key));
    if (entry != null) {
      wasRead(key, entry, version, start);
    }
    return entry;
  }

  Map<String, StoredEntry> findMany(Collection<String> keys) {
    Map<String, StoredEntry> found = new HashMap<>();
    Map<String, Long> versions = new HashMap<>();
    for (String key : keys) {
      StoredEntry copy = copy(key);
      if (copy == null) {
        versions.put(key, version(key));
      } else {
        found.put(key, copy);
      }
    }
    long start = System.nanoTime();
    Map<String, StoredEntry> read =
        versions.isEmpty()
            ? Map.of()
            : answer(
                "get " + versions.size() + " keys",
                c -> table.readMany(c, versions.keySet()),
                Map.of());
    read.forEach((key, entry) -> wasRead(key, entry, versions.get(key), start));
    found.putAll(read);
    counters.hits.add(found.size());
    counters.misses.add(keys.size() - found.size());
    return found;
  }

  private @Nullable StoredEntry copy(String key) {
    StoredEntry copy = near == null ? null : near.find(key);
    if (copy != null) {
      counters.nearHits.increment();
      noteUse(key);
    }
    return copy;
  }

  private long version(String key) {
    return near == null ? NearCache.CLOSED : near.version(key);
  }

  private void wasRead(String key, StoredEntry entry, long version, long start) {
    if (near != null) {
      near.keep(key, entry, version, start);
    }
    noteUse(key);
  }

  private void noteUse(String key) {
    if (recentUse != null) {
      recentUse.note(key);
    }
  }

  /** After a change, so that this JVM at least sees it at once. */
  private void forget(String key) {
    if (near != null) {
      near.forget(key);
    }
  }

  private void forgetAll() {
    if (near != null) {
      near.forgetAll();
    }
  }

  /** Microseconds until it expires, {@link Long#MAX_VALUE} when never; null: it is not there. */
  @Nullable Long microsLeft(String key) {
    return answer("look for '" + key + "'", c -> table.microsLeft(c, key), null);
  }

  List<PrefixSize> sizes(String prefix) {
    return connections.run("ask for sizes", c -> table.sizes(c, prefix));
  }

  void put(String key, StoredValue value, Lifetime lifetime, String... tags) {
    put(
        key,
        c -> {
          table.write(c, key, value, lifetime, tags);
          return true;
        });
  }

  void putMany(Map<String, String> jsonByKey, Lifetime lifetime) {
    connections.run(
        "set " + jsonByKey.size() + " keys",
        c -> {
          table.writeMany(c, jsonByKey, lifetime);
          return true;
        });
    counters.puts.add(jsonByKey.size());
    jsonByKey.keySet().forEach(this::forget);
  }

  boolean putIfAbsent(String key, StoredValue value, Lifetime lifetime) {
    return put(key, c -> table.writeIfAbsent(c, key, value, lifetime));
  }

  boolean replace(String key, String expected, String json, Lifetime lifetime) {
    return put(key, c -> table.replace(c, key, expected, json, lifetime));
  }

  private boolean put(String key, Work<Boolean> work) {
    boolean done = connections.run("set '" + key + "'", work);
    if (done) {
      counters.puts.increment();
      forget(key);
    }
    return done;
  }

  long add(String key, long delta, Lifetime lifetime) {
    long sum = connections.run("increment '" + key + "'", c -> table.add(c, key, delta, lifetime));
    counters.puts.increment();
    forget(key);
    return sum;
  }

  boolean touch(String key, Lifetime lifetime) {
    boolean done = connections.run("touch '" + key + "'", c -> table.touch(c, key, lifetime));
    forget(key);
    return done;
  }

  boolean delete(String key) {
    return delete(key, c -> table.delete(c, key));
  }

  boolean deleteEqual(String key, String expected) {
    return delete(key, c -> table.deleteEqual(c, key, expected));
  }

  private boolean delete(String key, Work<Boolean> work) {
    boolean deleted = connections.run("delete '" + key + "'", work);
    forget(key);
    if (deleted) {
      counters.deletes.increment();
    }
    return deleted;
  }

  long deleteMany(Collection<String> keys) {
    long deleted = deleteSome(keys.size() + " keys", c -> table.deleteMany(c, keys));
    keys.forEach(this::forget);
    return deleted;
  }

  long deleteMatching(KeyPattern pattern) {
    long deleted =
        deleteSome("keys like '" + pattern.like() + "'", c -> table.deleteMatching(c, pattern));
    forgetAll();
    return deleted;
  }

  long deleteTagged(String tag, KeyPattern pattern) {
    long deleted =
        deleteSome("keys tagged '" + tag + "'", c -> table.deleteTagged(c, tag, pattern));
    forgetAll();
    return deleted;
  }

  private long deleteSome(String what, Work<Long> work) {
    long deleted = connections.run("delete " + what, work);
    counters.deletes.add(deleted);
    return deleted;
  }

  private <R extends @Nullable Object> R answer(String doing, Work<R> work, R miss) {
    return answer(() -> connections.run(doing, work), miss);
  }

  /** What a read gives; the miss where the database is away and that is accepted. */
  <R extends @Nullable Object> R answer(Supplier<R> read, R miss) {
    if (outage.isAssumed()) {
      counters.unanswered.increment();
      return miss;
    }
    try {
      return read.get();
    } catch (CacheException e) {
      if (!outage.accepts(e)) {
        throw e;
      }
      counters.unanswered.increment();
      return miss;
    }
  }
}
