package dev.howdah.cache;

import org.jspecify.annotations.Nullable;

/**
 * One call of {@code getOrCompute}: looks for the value in the cache, and makes it by the caller's
 * code. For one thread.
 */
final class Computation<T, X extends Exception> implements SingleFlight.Wanted<T, X> {

  private final OpenCache open;
  private final Entries entries;
  private final String key;
  private final ValueType type;
  private final ComputePolicy policy;
  private final Loader<? extends T, X> loader;
  private boolean counted;
  private boolean away;

  Computation(
      OpenCache open,
      Entries entries,
      String key,
      ValueType type,
      ComputePolicy policy,
      Loader<? extends T, X> loader) {
    this.open = open;
    this.entries = entries;
    this.key = key;
    this.type = type;
    this.policy = policy;
    this.loader = loader;
  }

  @Override
  public SingleFlight.@Nullable Seen<T> look() {
    SingleFlight.Seen<T> seen = seen();
    if (!counted) {
      open.counters().read(seen != null && seen.isFresh());
      counted = true;
    }
    return seen;
  }

  private SingleFlight.@Nullable Seen<T> seen() {
    away = true;
    return entries.answer(
        () -> {
          StoredEntry entry = entries.lookUp(key);
          away = false;
          return entry == null ? null : seen(entry);
        },
        null);
  }

  private SingleFlight.@Nullable Seen<T> seen(StoredEntry entry) {
    try {
      T value = open.codec().object(key, entry.value(), type);
      return new SingleFlight.Seen<>(value, entry.isFresh());
    } catch (UnreadableValueException e) {
      return null; // As an older release of the application wrote it, perhaps.
    }
  }

  @Override
  public boolean databaseIsAway() {
    return away;
  }

  @Override
  public @Nullable T make() throws X {
    T value = loader.load();
    open.counters().computations.increment();
    if (value != null && !away) {
      StoredValue json = new StoredValue.Json(open.codec().json(key, value));
      entries.answer(
          () -> {
            entries.put(key, json, policy.lifetime());
            return true;
          },
          false);
    }
    return value;
  }

  @Override
  public void gaveStale() {
    open.counters().staleHits.increment();
  }
}
