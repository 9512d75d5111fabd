package dev.howdah.cache;

import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The settings of a {@link PostgresCache}. Not thread-safe. */
public final class CacheBuilder {

  private static final String DEFAULT_SCHEMA = "howdah_cache";

  final DataSource dataSource;
  @Nullable DataSource sessions;
  String schema = DEFAULT_SCHEMA;
  boolean autoCreate = true;
  boolean logged;
  Duration defaultTtl = PostgresCache.FOREVER;
  Duration cleanupInterval = Duration.ofMinutes(1);
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
