package dev.howdah.cache;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A cache in PostgreSQL, which all instances of an application share. An entry is a key and a
 * value: an object as JSON, or bytes. One that has expired is never given out, whether or not its
 * row is still there. Each operation is one statement, and one round trip.
 *
 * <p>The table is {@code UNLOGGED} unless {@link CacheBuilder#logged} is set: a crash of the server
 * empties it, and standbys don't have it. A cache is what can be computed again.
 *
 * <pre>{@code
 * PostgresCache cache = PostgresCache.open(dataSource);
 * cache.set("user:123", user, Duration.ofHours(1));
 * User user = cache.get("user:123", User.class);
 * }</pre>
 *
 * <p><b>Keys</b> have 1 to 1024 bytes as UTF-8, and no NUL. <b>Times to live</b> are more than zero
 * and at most 36,500 days, or {@link #FOREVER}, and count by the server's clock. Others throw an
 * {@link IllegalArgumentException}. <b>Values</b> are what Jackson writes and {@code jsonb} holds:
 * the order of an object's fields and the NUL character are not among it. Others throw a {@link
 * CacheException}, null a {@link NullPointerException}.
 *
 * <p>All operations throw a {@link CacheException} when the database does not answer; see {@link
 * Fallback}. Thread-safe, and so are its views, but for those of {@link #on}. To be closed, which
 * leaves the entries and the DataSource as they are.
 */
public final class PostgresCache implements AutoCloseable {

  /** The time to live of what does not expire. */
  public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private static final int MAX_KEY_BYTES = 1024;

  private final OpenCache open;
  private final Entries entries;
  private final boolean ownTransactions;
  private final String prefix;

  PostgresCache(OpenCache open, Entries entries, boolean ownTransactions, String prefix) {
    this.open = open;
    this.entries = entries;
    this.ownTransactions = ownTransactions;
    this.prefix = prefix;
  }

  /**
   * Opens a cache with all settings by default; makes its table where there is none.
   *
   * @param dataSource the application's pool, the one beneath any proxy that is aware of
   *     transactions
   * @return the cache
   * @throws CacheException when the database is away, or forbids to make the table
   */
  public static PostgresCache open(DataSource dataSource) {
    return builder(dataSource).open();
  }

  /**
   * Begins to set up a cache.
   *
   * @param dataSource as in {@link #open}
   * @return settings, all by default
   */
  public static CacheBuilder builder(DataSource dataSource) {
    return new CacheBuilder(dataSource);
  }

  /**
   * A view whose keys all have a prefix, which its callers don't see.
   *
   * @param morePrefix such as {@code user:}; comes behind this view's own prefix
   * @return the view; what it shows and does concerns keys with that prefix only, but for {@link
   *     #stats()} and {@link #close()}
   */
  public PostgresCache withPrefix(String morePrefix) {
    return new PostgresCache(open, entries, ownTransactions, prefix + morePrefix);
  }

  /**
   * A view that works on the caller's connection, so that entries and the application's own rows
   * change in one transaction, or not at all. It sees what the transaction did, never copies in
   * memory. A failed statement fails the transaction: nothing reads as a miss. {@code getOrCompute}
   * does not wait for others there, who could not see its value before the commit either.
   *
   * @param connection stays open; what it does is committed by its owner
   * @return the view, for the thread that uses the connection
   */
  public PostgresCache on(Connection connection) {
    open.prepare();
    return new PostgresCache(open, entries.on(connection), false, prefix);
  }

  // ---- reading

  /**
   * Reads an entry as a tree.
   *
   * @param key its key
   * @return the value; null when there is no such entry
   */
  public @Nullable JsonNode get(String key) {
    return read(key, open.codec().tree());
  }

  /**
   * Reads an entry.
   *
   * @param key its key
   * @param type what the value is
   * @param <T> what the value is
   * @return the value; null when there is no such entry
   * @throws CacheException also when the value is no {@code T}
   */
  public <T> @Nullable T get(String key, Class<T> type) {
    return read(key, open.codec().type(type));
  }

  /**
   * Reads an entry of a generic type.
   *
   * @param key its key
   * @param type such as {@code new TypeReference<List<User>>() {}}
   * @param <T> what the value is
   * @return the value; null when there is no such entry
   * @throws CacheException also when the value is no {@code T}
   */
  public <T> @Nullable T get(String key, TypeReference<T> type) {
    return read(key, open.codec().type(type));
  }

  /**
   * Reads an entry as JSON text.
   *
   * @param key its key
   * @return the text, as PostgreSQL writes it; null when there is no such entry
   */
  public @Nullable String getJson(String key) {
    StoredEntry entry = entries.find(whole(key));
    return entry == null ? null : ValueCodec.text(key, entry.value());
  }

  /**
   * Reads bytes that were set by {@link #setBytes}.
   *
   * @param key the entry's key
   * @return the bytes; null when there is no such entry
   * @throws CacheException also when the value is JSON
   */
  public byte @Nullable [] getBytes(String key) {
    StoredEntry entry = entries.find(whole(key));
    return entry == null ? null : ValueCodec.bytes(key, entry.value());
  }

  /**
   * Reads many entries as trees, in one round trip.
   *
   * @param keys their keys
   * @return those that are there, in the order of the keys
   */
  public Map<String, JsonNode> getMany(Collection<String> keys) {
    return readMany(keys, open.codec().tree());
  }

  /**
   * Reads many entries, in one round trip.
   *
   * @param keys their keys
   * @param type what the values are
   * @param <T> what the values are
   * @return those that are there, in the order of the keys
   * @throws CacheException also when a value is no {@code T}
   */
  public <T> Map<String, T> getMany(Collection<String> keys, Class<T> type) {
    return readMany(keys, open.codec().type(type));
  }

  /**
   * Reads many entries of a generic type, in one round trip.
   *
   * @param keys their keys
   * @param type what the values are
   * @param <T> what the values are
   * @return those that are there, in the order of the keys
   * @throws CacheException also when a value is no {@code T}
   */
  public <T> Map<String, T> getMany(Collection<String> keys, TypeReference<T> type) {
    return readMany(keys, open.codec().type(type));
  }

  /**
   * Whether there is an entry.
   *
   * @param key its key
   * @return true when it is there and has not expired
   */
  public boolean exists(String key) {
    return entries.microsLeft(whole(key)) != null;
  }

  /**
   * How long an entry will still be there.
   *
   * @param key its key
   * @return the rest of its time to live, or {@link #FOREVER}; empty when there is no such entry
   */
  public Optional<Duration> timeToLive(String key) {
    Long micros = entries.microsLeft(whole(key));
    return Optional.ofNullable(micros)
        .map(left -> left == Long.MAX_VALUE ? FOREVER : Duration.of(left, ChronoUnit.MICROS));
  }

  // ---- computing

  /**
   * Reads an entry, or computes and sets it. Of all callers in all instances one computes, and the
   * others wait for its value: see {@link ComputePolicy}. An entry that cannot be read as a {@code
   * T} is computed anew.
   *
   * @param key the entry's key
   * @param type what the value is
   * @param ttl the time to live of a computed value
   * @param loader computes the value
   * @param <T> what the value is
   * @param <X> what the loader throws
   * @return the value; null when the loader gave null, which is not kept
   * @throws X from the loader
   */
  public <T, X extends Exception> @Nullable T getOrCompute(
      String key, Class<T> type, Duration ttl, Loader<? extends T, X> loader) throws X {
    return compute(key, open.codec().type(type), ComputePolicy.ttl(ttl), loader);
  }

  /**
   * Reads an entry, or computes and sets it, by a policy of the caller's.
   *
   * @param key the entry's key
   * @param type what the value is
   * @param policy how long the value is kept, and how long to wait for another caller
   * @param loader computes the value
   * @param <T> what the value is
   * @param <X> what the loader throws
   * @return the value; null when the loader gave null, which is not kept
   * @throws X from the loader
   */
  public <T, X extends Exception> @Nullable T getOrCompute(
      String key, Class<T> type, ComputePolicy policy, Loader<? extends T, X> loader) throws X {
    return compute(key, open.codec().type(type), policy, loader);
  }

  /**
   * Reads an entry of a generic type, or computes and sets it, by a policy of the caller's.
   *
   * @param key the entry's key
   * @param type such as {@code new TypeReference<List<User>>() {}}
   * @param policy how long the value is kept, and how long to wait for another caller
   * @param loader computes the value
   * @param <T> what the value is
   * @param <X> what the loader throws
   * @return the value; null when the loader gave null, which is not kept
   * @throws X from the loader
   */
  public <T, X extends Exception> @Nullable T getOrCompute(
      String key, TypeReference<T> type, ComputePolicy policy, Loader<? extends T, X> loader)
      throws X {
    return compute(key, open.codec().type(type), policy, loader);
  }

  // ---- writing

  /**
   * Sets an entry, with the default time to live.
   *
   * @param key its key
   * @param value what Jackson can write
   */
  public void set(String key, Object value) {
    set(key, value, open.defaultTtl());
  }

  /**
   * Sets an entry.
   *
   * @param key its key
   * @param value what Jackson can write
   * @param ttl its time to live, from now
   * @param tags by which it can be deleted, see {@link #deleteTag}; those that it had are gone
   */
  public void set(String key, Object value, Duration ttl, String... tags) {
    put(key, json(key, value), ttl, tags);
  }

  /**
   * Sets an entry to JSON text, with the default time to live.
   *
   * @param key its key
   * @param json the text
   * @throws CacheException also when it is not JSON
   */
  public void setJson(String key, String json) {
    setJson(key, json, open.defaultTtl());
  }

  /**
   * Sets an entry to JSON text.
   *
   * @param key its key
   * @param json the text
   * @param ttl its time to live, from now
   * @param tags as in {@link #set(String, Object, Duration, String...)}
   * @throws CacheException also when it is not JSON
   */
  public void setJson(String key, String json, Duration ttl, String... tags) {
    put(key, new StoredValue.Json(json), ttl, tags);
  }

  /**
   * Sets an entry to bytes, with the default time to live.
   *
   * @param key its key
   * @param bytes the bytes
   */
  public void setBytes(String key, byte[] bytes) {
    setBytes(key, bytes, open.defaultTtl());
  }

  /**
   * Sets an entry to bytes.
   *
   * @param key its key
   * @param bytes the bytes
   * @param ttl its time to live, from now
   * @param tags as in {@link #set(String, Object, Duration, String...)}
   */
  public void setBytes(String key, byte[] bytes, Duration ttl, String... tags) {
    put(key, new StoredValue.Bytes(bytes), ttl, tags);
  }

  /**
   * Sets many entries with the default time to live, in one round trip: all or none.
   *
   * @param values by their keys
   */
  public void setMany(Map<String, ?> values) {
    setMany(values, open.defaultTtl());
  }

  /**
   * Sets many entries in one round trip: all or none.
   *
   * @param values by their keys
   * @param ttl their time to live, from now
   */
  public void setMany(Map<String, ?> values, Duration ttl) {
    Map<String, String> json = new HashMap<>();
    values.forEach((key, value) -> json.put(whole(key), open.codec().json(key, value)));
    entries.putMany(json, Lifetime.of(ttl));
  }

  /**
   * Sets an entry unless there is one. Of several callers one succeeds.
   *
   * @param key its key
   * @param value what Jackson can write
   * @param ttl its time to live, from now
   * @return whether it was set
   */
  public boolean setIfAbsent(String key, Object value, Duration ttl) {
    return entries.putIfAbsent(whole(key), json(key, value), Lifetime.of(ttl));
  }

  /**
   * Sets an entry if its value is the expected one. JSON is compared by meaning, as {@code jsonb}
   * does: 1 is 1.0, and the order of fields is nothing. The entry's tags stay.
   *
   * @param key its key
   * @param expected the value that it must have
   * @param value the value that it gets
   * @param ttl its time to live, from now
   * @return whether it was set; false also when there is no such entry
   */
  public boolean compareAndSet(String key, Object expected, Object value, Duration ttl) {
    return entries.replace(
        whole(key),
        open.codec().json(key, expected),
        open.codec().json(key, value),
        Lifetime.of(ttl));
  }

  /**
   * Adds one to a number, with the default time to live for a new one.
   *
   * @param key the entry's key
   * @return the sum
   */
  public long increment(String key) {
    return increment(key, 1, open.defaultTtl());
  }

  /**
   * Adds to a whole number; where there is none, to 0. Sums of several callers are exact.
   *
   * @param key the entry's key
   * @param delta what to add; may be negative
   * @param ttl its time to live when it is new; one that is there keeps its own, so that a count
   *     for each minute ends with the minute
   * @return the sum
   * @throws CacheException also when the value is no whole number, or the sum does not fit a long
   */
  public long increment(String key, long delta, Duration ttl) {
    return entries.add(whole(key), delta, Lifetime.of(ttl));
  }

  /**
   * Gives an entry a new time to live.
   *
   * @param key its key
   * @param ttl from now
   * @return whether there is such an entry
   */
  public boolean touch(String key, Duration ttl) {
    return entries.touch(whole(key), Lifetime.of(ttl));
  }

  // ---- deleting

  /**
   * Deletes an entry.
   *
   * @param key its key
   * @return whether it was there
   */
  public boolean delete(String key) {
    return entries.delete(whole(key));
  }

  /**
   * Deletes an entry if its value is the expected one, such as a lock by its owner.
   *
   * @param key its key
   * @param expected the value that it must have, compared as in {@link #compareAndSet}
   * @return whether it was deleted
   */
  public boolean compareAndDelete(String key, Object expected) {
    return entries.deleteEqual(whole(key), open.codec().json(key, expected));
  }

  /**
   * Deletes many entries, in one round trip.
   *
   * @param keys their keys
   * @return how many were there
   */
  public long deleteMany(Collection<String> keys) {
    return entries.deleteMany(whole(keys));
  }

  /**
   * Deletes the entries whose keys fit a pattern, as Redis has them: {@code *} is any number of
   * characters, {@code ?} is one, {@code [a-z]} one of these, {@code [^a-z]} none of these; a
   * backslash makes the next character an ordinary one. What stands before the first of them is
   * found by the index.
   *
   * @param pattern such as {@code user:*}
   * @return how many were there
   * @throws IllegalArgumentException when a bracket is not closed or is empty, a range in it runs
   *     backwards, or nothing follows a backslash
   */
  public long deletePattern(String pattern) {
    return entries.deleteMatching(KeyPattern.of(prefix, pattern));
  }

  /**
   * Deletes the entries that were set with a tag.
   *
   * @param tag the tag
   * @return how many were there
   */
  public long deleteTag(String tag) {
    return entries.deleteTagged(tag, KeyPattern.startingWith(prefix));
  }

  /**
   * Deletes all entries, of a view those with its prefix.
   *
   * @return how many were there
   */
  public long clear() {
    return entries.deleteMatching(KeyPattern.startingWith(prefix));
  }

  // ---- looking after

  /**
   * What this cache did in this JVM, with all its views.
   *
   * @return counts since it was opened
   */
  public CacheStats stats() {
    return open.counters().snapshot();
  }

  /**
   * How much the entries take. Reads the whole table.
   *
   * @return largest first; of a view those with its prefix, where that ends with a colon
   */
  public List<PrefixSize> sizes() {
    return entries.sizes(prefix);
  }

  /**
   * What writes objects as JSON and reads them, as the cache was set up.
   *
   * @return the mapper
   */
  public ObjectMapper mapper() {
    return open.codec().mapper();
  }

  /**
   * Whether copies in memory are taken at the moment.
   *
   * @return false where there is no {@link CacheBuilder#nearCache}, or changes cannot be heard of
   */
  public boolean isNearCacheOpen() {
    return open.isNearCacheOpen();
  }

  /**
   * Deletes the rows of all expired entries, in small transactions, as one instance does by itself
   * at each {@link CacheBuilder#cleanupInterval}; then, of more than {@link
   * CacheBuilder#maxEntries}, those that were not used for longest.
   *
   * @return how many rows were deleted
   */
  public long cleanUp() {
    return open.cleanUp();
  }

  /** Ends the cache's own threads and connections, for all its views. */
  @Override
  public void close() {
    open.close();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // it is what the ValueType is
  private <T> @Nullable T read(String key, ValueType type) {
    StoredEntry entry = entries.find(whole(key));
    return entry == null ? null : open.codec().object(key, entry.value(), type);
  }

  private <T, X extends Exception> @Nullable T compute(
      String key, ValueType type, ComputePolicy policy, Loader<? extends T, X> loader) throws X {
    String whole = whole(key);
    Computation<T, X> computation = new Computation<>(open, entries, whole, type, policy, loader);
    if (ownTransactions) {
      return open.flights().get(whole, policy.patience(), computation);
    }
    SingleFlight.Seen<T> seen = computation.look();
    return seen != null && seen.isFresh() ? seen.value() : computation.make();
  }

  private <T> Map<String, T> readMany(Collection<String> keys, ValueType type) {
    Map<String, StoredEntry> found = entries.findMany(whole(keys));
    Map<String, T> values = new LinkedHashMap<>();
    for (String key : keys) {
      StoredEntry entry = found.get(prefix + key);
      T value = entry == null ? null : open.codec().object(key, entry.value(), type);
      if (value != null) {
        values.put(key, value);
      }
    }
    return values;
  }

  private void put(String key, StoredValue value, Duration ttl, String... tags) {
    entries.put(whole(key), value, Lifetime.of(ttl), tags);
  }

  private StoredValue.Json json(String key, Object value) {
    return new StoredValue.Json(open.codec().json(key, value));
  }

  private List<String> whole(Collection<String> keys) {
    return keys.stream().map(this::whole).distinct().toList();
  }

  private String whole(String key) {
    String whole = prefix + key;
    if (key.isEmpty() || isTooLong(whole) || whole.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "key '"
              + whole.substring(0, Math.min(60, whole.length()))
              + "' of "
              + whole.length()
              + " characters: it must have 1 to "
              + MAX_KEY_BYTES
              + " bytes with its prefix, and no NUL");
    }
    return whole;
  }

  private static boolean isTooLong(String key) {
    // A character is 3 bytes at most: most keys need not be encoded to tell.
    return key.length() * 3 > MAX_KEY_BYTES
        && key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES;
  }
}
