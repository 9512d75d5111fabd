package dev.howdah.cache;

import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a cache and all its views share, from when it is opened until it is closed. */
final class OpenCache implements AutoCloseable {

  private final Duration defaultTtl;
  private final ValueCodec codec;
  private final Counters counters = new Counters();
  private final Connections.Pooled pool;
  private final Entries entries;
  private final SingleFlight flights;
  private final Cleanup cleanup;
  private final @Nullable RecentUse recentUse;
  private final CleanupSchedule schedule;
  private final @Nullable NearCache near;
  private final @Nullable ChangeListener listener;

  OpenCache(CacheBuilder settings) {
    defaultTtl = settings.defaultTtl;
    codec = new ValueCodec(settings.mapper);
    pool = new Connections.Pooled(settings.dataSource, schema(settings));
    cleanup = new Cleanup(settings.schema, pool, counters, settings.maxEntries);
    recentUse =
        settings.maxEntries == CacheBuilder.UNLIMITED ? null : new RecentUse(settings.schema, pool);
    schedule = new CleanupSchedule(cleanup, recentUse, settings.cleanupInterval);
    DataSource sessions = settings.sessions == null ? settings.dataSource : settings.sessions;
    flights = new SingleFlight(new KeyLocks(sessions, settings.schema));
    NearCacheSettings nearSettings = settings.nearCache;
    if (nearSettings == null) {
      near = null;
      listener = null;
    } else {
      near = new NearCache(nearSettings);
      listener = new ChangeListener(sessions, settings.schema, nearSettings.heartbeat(), near);
    }
    entries =
        new Entries(
            new EntryTable(settings.schema, near != null),
            pool,
            counters,
            new Outage(settings.fallback),
            near,
            recentUse);
  }

  private static @Nullable CacheSchema schema(CacheBuilder settings) {
    return settings.autoCreate
        ? new CacheSchema(settings.schema, settings.logged, settings.nearCache != null)
        : null;
  }

  /** Makes the schema, unless that was done. */
  void prepare() {
    pool.prepare();
  }

  void start() {
    schedule.start();
    if (listener != null) {
      listener.start();
    }
  }

  Duration defaultTtl() {
    return defaultTtl;
  }

  ValueCodec codec() {
    return codec;
  }

  Counters counters() {
    return counters;
  }

  Entries entries() {
    return entries;
  }

  SingleFlight flights() {
    return flights;
  }

  /** How many rows were deleted. */
  long cleanUp() {
    if (recentUse != null) {
      recentUse.writeDown();
    }
    return cleanup.run();
  }

  /** Whether copies in memory are taken at the moment. */
  boolean isNearCacheOpen() {
    return near != null && near.isListening();
  }

  @Override
  public void close() {
    schedule.close();
    if (listener != null) {
      listener.close();
    }
  }
}
