package dev.howdah.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Copies of entries in this JVM's memory, for as long as {@link ChangeListener} hears of changes;
 * otherwise there are none, and none are taken.
 *
 * <p>A copy that is read while its entry changes must not stay. So each change raises the version
 * of its key, and who has read from the table keeps a copy only if the version is still that from
 * before the read; it looks once more after it has put the copy there, since the change may come in
 * between. Many keys share a version: a read may be kept from being copied by another key's change,
 * which costs a read later.
 *
 * <p>Thread-safe, without locks of its own.
 */
final class NearCache {

  /** In place of a version where no copies are taken. */
  static final long CLOSED = -1;

  private static final int VERSIONS = 4096;
  private static final long YEAR_MICROS = TimeUnit.DAYS.toMicros(365);

  /** An entry that was fresh, and when it expires, by {@link System#nanoTime()}. */
  private record Copy(StoredEntry entry, long deadline) {}

  private final Cache<String, Copy> copies;
  private final AtomicLongArray versions = new AtomicLongArray(VERSIONS);
  private volatile boolean listening;

  NearCache(NearCacheSettings settings) {
    copies =
        Caffeine.newBuilder()
            .maximumSize(settings.maxEntries())
            .expireAfterWrite(settings.maxAge())
            .build();
  }

  /** A copy that has not expired, as it was read; null where there is none. */
  @Nullable StoredEntry find(String key) {
    if (!listening) {
      return null;
    }
    Copy copy = copies.getIfPresent(key);
    if (copy == null) {
      return null;
    }
    long left = copy.deadline() - System.nanoTime();
    return left <= 0 ? null : copy.entry();
  }

  /** To be asked for before the table is read. */
  long version(String key) {
    return listening ? versions.get(slot(key)) : CLOSED;
  }

  /**
   * Takes a copy of what was read from the table.
   *
   * @param entry one that tells how long it will be there
   * @param version from before the read
   * @param start of the read, by {@link System#nanoTime()}: the entry's time counts from then
   */
  void keep(String key, StoredEntry entry, long version, long start) {
    Long left = entry.microsLeft();
    if (version == CLOSED || !entry.isFresh() || left == null) {
      return;
    }
    long nanos = TimeUnit.MICROSECONDS.toNanos(Math.min(left, YEAR_MICROS));
    Copy copy = new Copy(entry, start + nanos);
    copies.put(key, copy);
    if (!listening || versions.get(slot(key)) != version) {
      copies.asMap().remove(key, copy);
    }
  }

  /** An entry has changed. */
  void forget(String key) {
    versions.incrementAndGet(slot(key));
    copies.invalidate(key);
  }

  /** Any entries may have changed. */
  void forgetAll() {
    for (int i = 0; i < VERSIONS; i++) {
      versions.incrementAndGet(i);
    }
    copies.invalidateAll();
  }

  /** From now on changes are heard of. */
  void startListening() {
    listening = true;
  }

  /** Changes may go unheard. */
  void stopListening() {
    listening = false;
    forgetAll();
  }

  boolean isListening() {
    return listening;
  }

  private static int slot(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (VERSIONS - 1);
  }
}
