package dev.howdah.benchmarks;

import dev.howdah.cache.NearCacheSettings;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long operations of the cache take, beside Redis where it is installed and beside a logged
 * table. Each contender has as many connections as there are threads.
 */
final class CacheComparison implements Comparison {

  private static final String UNLOGGED = "Howdah";
  private static final String NEAR = "near cache";
  private static final int[] THREADS = {1, 8, 32};
  private static final int MOST_THREADS = 32;

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String summary() {
    return "GET, SET, MGET, DELETE and increment at 1, 8 and 32 threads, beside Redis";
  }

  @Override
  public Report run(Options options) throws Exception {
    return options.quick()
        ? run("bin/bench cache --quick", 1, 300, THREADS)
        : run("bin/bench cache", 3, 1_000, THREADS);
  }

  /**
   * Measures.
   *
   * @param rounds how many times each
   * @param turnMillis how long an operation of one contender is repeated
   * @param threads by how many threads, in turn
   */
  Report run(String command, int rounds, int turnMillis, int... threads) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    Map<String, String> conditions = Machine.conditions(command, database);
    long turnNanos = TimeUnit.MILLISECONDS.toNanos(turnMillis);
    conditions.put(
        "entries",
        "%,d of %d characters; MGET reads %d"
            .formatted(CacheOperation.KEYS, CacheOperation.VALUE.length(), CacheOperation.MANY));
    // Embedded binaries are made small, -Os: up to a quarter slower than those of packages.
    conditions.put(
        "server",
        "compiled with "
            + database.value(
                "SELECT substring(setting FROM '.*(-O\\w)') FROM pg_config WHERE name = 'CFLAGS'"));
    conditions.put("rounds", "%d, turns of %,d ms".formatted(rounds, turnMillis));
    List<CachePeer> peers = new ArrayList<>();
    try {
      peers.addAll(peers(database, conditions));
      peers.forEach(CacheComparison::fill);
      Samples samples = measure(peers, rounds, turnNanos, threads);
      boolean redis = peers.get(0) instanceof RedisPeer;
      return new Report(
          name(), conditions, samples, row -> yardstick(row, redis ? RedisPeer.LABEL : UNLOGGED));
    } finally {
      peers.forEach(CachePeer::close);
    }
  }

  private static List<CachePeer> peers(TestDatabase database, Map<String, String> conditions)
      throws Exception {
    List<CachePeer> peers = new ArrayList<>();
    if (RedisPeer.isInstalled()) {
      RedisPeer redis = RedisPeer.start(MOST_THREADS);
      peers.add(redis);
      conditions.put("redis", redis.version() + ", loopback, nothing on disk, Jedis");
    } else {
      conditions.put("redis", "not installed: its rows are missing (apt-get install redis-server)");
    }
    peers.add(new HowdahCachePeer(UNLOGGED, database, MOST_THREADS, builder -> builder));
    peers.add(
        new HowdahCachePeer(
            "logged table",
            database,
            MOST_THREADS,
            builder -> builder.schema("logged_cache").logged(true)));
    peers.add(
        new HowdahCachePeer(
            NEAR,
            database,
            MOST_THREADS,
            builder ->
                builder
                    .schema("near_cache")
                    .nearCache(NearCacheSettings.entries(2L * CacheOperation.KEYS))));
    peers.add(new PlainTablePeer(database, MOST_THREADS));
    peers.add(new RoundTripPeer(database, MOST_THREADS));
    return peers;
  }

  private static void fill(CachePeer peer) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < CacheOperation.KEYS; i++) {
      values.put(CacheOperation.key(i), CacheOperation.VALUE);
    }
    peer.setAll(values);
  }

  private static Samples measure(
      List<CachePeer> peers, int rounds, long turnNanos, int[] threadCounts) throws Exception {
    for (CacheOperation operation : CacheOperation.values()) {
      for (CachePeer peer : peers) {
        // Warms up, is not counted.
        new CacheTurn(peer, operation, 2, 2 * turnNanos).run();
      }
    }
    Samples samples = new Samples();
    for (int round = 0; round < rounds; round++) {
      for (CacheOperation operation : CacheOperation.values()) {
        for (int threads : threadCounts) {
          for (CachePeer peer : peers) {
            if (takesPart(peer, operation)) {
              CacheTurn.Seen seen = new CacheTurn(peer, operation, threads, turnNanos).run();
              String row = "%s, %d, %s".formatted(operation, threads, peer.label());
              samples.add(row, "p50 µs", seen.micros(0.5));
              samples.add(row, "p99 µs", seen.micros(0.99));
              samples.add(row, "ops/s", seen.operationsPerSecond());
              samples.add(row, "JVM CPU µs/op", seen.clientCpuMicros());
              samples.add(row, "server CPU µs/op", seen.serverCpuMicros());
            }
          }
        }
      }
    }
    return samples;
  }

  /** Copies in memory are shown by reading alone. */
  private static boolean takesPart(CachePeer peer, CacheOperation operation) {
    return !peer.label().equals(NEAR) || operation == CacheOperation.GET;
  }

  /** The row of the same operation and threads that this one is compared with. */
  private static String yardstick(String row, String label) {
    return row.substring(0, row.lastIndexOf(',')) + ", " + label;
  }
}
