package dev.howdah.cache;

import java.time.Duration;
import javax.sql.DataSource;

/** What a cache and all its views share, from when it is opened until it is closed. */
final class OpenCache implements AutoCloseable {

  private final Duration defaultTtl;
  private final ValueCodec codec;
  private final Counters counters = new Counters();
  private final Connections.Pooled pool;
  private final Entries entries;
  private final SingleFlight flights;
  private final Cleanup cleanup;

  OpenCache(CacheBuilder settings) {
    defaultTtl = settings.defaultTtl;
    codec = new ValueCodec(settings.mapper);
    pool =
        new Connections.Pooled(
            settings.dataSource,
            settings.autoCreate ? new CacheSchema(settings.schema, settings.logged) : null);
    cleanup = new Cleanup(settings.schema, pool, counters);
    DataSource sessions = settings.sessions == null ? settings.dataSource : settings.sessions;
    flights = new SingleFlight(new KeyLocks(sessions, settings.schema));
    entries = new Entries(new EntryTable(settings.schema), pool, counters, settings.fallback);
  }

  /** Makes the schema, unless that was done. */
  void prepare() {
    pool.prepare();
  }

  void start() {}

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

  Cleanup cleanup() {
    return cleanup;
  }

  @Override
  public void close() {}
}
