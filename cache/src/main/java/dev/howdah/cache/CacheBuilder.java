package dev.howdah.cache;

import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The settings of a {@link PostgresCache}. Not thread-safe. */
public final class CacheBuilder {

  static final long UNLIMITED = Long.MAX_VALUE;

  private static final String DEFAULT_SCHEMA = "howdah_cache";

  final DataSource dataSource;
  @Nullable DataSource sessions;
  String schema = DEFAULT_SCHEMA;
  boolean autoCreate = true;
  boolean logged;
  Duration defaultTtl = PostgresCache.FOREVER;
  Duration cleanupInterval = Duration.ofMinutes(1);
  long maxEntries = UNLIMITED;
  @Nullable NearCacheSettings nearCache;
  Fallback fallback = Fallback.FAIL;
  ObjectMapper mapper = JsonMapper.shared();

  CacheBuilder(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Where connections come from that keep their session: locks of {@code getOrCompute} and
   * notifications need one. Only to be set where the pool's connections lead to a pooler that
   * changes sessions with each transaction, such as PgBouncer: to one that leads to the server
   * itself.
   *
   * @param direct gives such connections; by default the pool itself
   * @return this
   */
  public CacheBuilder sessions(DataSource direct) {
    sessions = direct;
    return this;
  }

  /**
   * The schema of the cache's table.
   *
   * @param name as it is, unquoted; {@code howdah_cache} by default
   * @return this
   */
  public CacheBuilder schema(String name) {
    schema = name;
    return this;
  }

  /**
   * Whether to make schema, table and functions where they are missing. Where the role may not,
   * {@code install.sql} does.
   *
   * @param wanted true by default
   * @return this
   */
  public CacheBuilder autoCreate(boolean wanted) {
    autoCreate = wanted;
    return this;
  }

  /**
   * Whether a table that is made now is an ordinary one, which survives a crash of the server and
   * is on standbys, but whose changes are written to the WAL. One that is there stays what it is;
   * see {@code ALTER TABLE … SET LOGGED}.
   *
   * @param wanted false by default
   * @return this
   */
  public CacheBuilder logged(boolean wanted) {
    logged = wanted;
    return this;
  }

  /**
   * The time to live of entries that are set without one.
   *
   * @param ttl more than zero; {@link PostgresCache#FOREVER} by default
   * @return this
   * @throws IllegalArgumentException when it is not
   */
  public CacheBuilder defaultTtl(Duration ttl) {
    Lifetime.of(ttl);
    defaultTtl = ttl;
    return this;
  }

  /**
   * How often expired rows are deleted, by one of all instances. They are never read, so this is a
   * matter of space only.
   *
   * @param interval at least a second, one minute by default; {@link PostgresCache#FOREVER}: this
   *     instance never does
   * @return this
   * @throws IllegalArgumentException when it is less than a second
   */
  public CacheBuilder cleanupInterval(Duration interval) {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "cleanupInterval '" + interval + "': it must be at least a second");
    }
    cleanupInterval = interval;
    return this;
  }

  /**
   * How many entries there may be. When a cleanup finds more, those go that were not used for
   * longest, roughly: uses are noted in memory and written down before each cleanup, so that a read
   * is no update, and of a large table a sample is looked at. Between cleanups there may be more.
   *
   * @param most at least 1; without a limit by default. To be the same in all instances
   * @return this
   * @throws IllegalArgumentException when it is less than 1
   */
  public CacheBuilder maxEntries(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("maxEntries '" + most + "': it must be at least 1");
    }
    maxEntries = most;
    return this;
  }

  /**
   * Keeps copies of entries in this JVM's memory. Needs Caffeine, and a connection of its own for
   * as long as the cache is open. From then on each change of an entry, by whichever instance,
   * costs a {@code NOTIFY}, whose commits queue one behind the other: for caches that are read far
   * more often than they are written. Where {@link #autoCreate} is off, {@code SELECT
   * howdah_cache.notify_changes()} must have been called once.
   *
   * @param copies how many, and how old they may be; none by default
   * @return this
   */
  public CacheBuilder nearCache(NearCacheSettings copies) {
    nearCache = copies;
    return this;
  }

  /**
   * What reads do while the database is away.
   *
   * @param choice {@link Fallback#FAIL} by default
   * @return this
   */
  public CacheBuilder fallback(Fallback choice) {
    fallback = choice;
    return this;
  }

  /**
   * What writes objects as JSON and reads them.
   *
   * @param jackson a mapper; one with Jackson's defaults by default
   * @return this
   */
  public CacheBuilder mapper(ObjectMapper jackson) {
    mapper = jackson;
    return this;
  }

  /**
   * Opens the cache.
   *
   * @return the cache, to be closed
   * @throws CacheException when the table cannot be made; not for the reason that the database is
   *     away where {@link Fallback#MISS} is chosen: then it is made once the database is there
   */
  public PostgresCache open() {
    OpenCache open = new OpenCache(this);
    try {
      open.prepare();
    } catch (CacheException e) {
      if (fallback == Fallback.FAIL || !e.isDatabaseAway()) {
        throw e;
      }
    }
    open.start();
    return new PostgresCache(open, open.entries(), true, "");
  }
}
