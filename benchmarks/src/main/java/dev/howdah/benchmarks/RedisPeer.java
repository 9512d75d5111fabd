package dev.howdah.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.SetParams;

/** A Redis of the benchmark's own, which writes nothing to disk, by Jedis. */
final class RedisPeer implements CachePeer {

  /** Its name in the table, and what the others are compared with. */
  static final String LABEL = "Redis";

  private static final long HOUR_SECONDS = 3600;
  private static final int START_SECONDS = 10;

  private final Process server;
  private final RedisClient client;

  private RedisPeer(Process server, RedisClient client) {
    this.server = server;
    this.client = client;
  }

  /** Whether this machine has a {@code redis-server}. */
  static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("redis-server", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static RedisPeer start(int threads) throws IOException, InterruptedException {
    int port = freePort();
    Process server =
        new ProcessBuilder(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroy, "benchmarks-redis"));
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    config.setMaxTotal(threads);
    config.setMaxIdle(threads);
    RedisClient client =
        RedisClient.builder().hostAndPort("127.0.0.1", port).poolConfig(config).build();
    RedisPeer peer = new RedisPeer(server, client);
    peer.awaitStart();
    return peer;
  }

  /** The server's version, as it says itself. */
  String version() {
    return client
        .info("server")
        .lines()
        .filter(line -> line.startsWith("redis_version:"))
        .findFirst()
        .orElse("redis_version:unknown")
        .substring("redis_version:".length());
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public String get(String key) {
    return String.valueOf(client.get(key));
  }

  @Override
  public void set(String key, String value) {
    client.set(key, value, SetParams.setParams().ex(HOUR_SECONDS));
  }

  @Override
  public void setAll(Map<String, String> values) {
    values.forEach(this::set);
  }

  @Override
  public List<String> getAll(List<String> keys) {
    return new ArrayList<>(client.mget(keys.toArray(String[]::new)));
  }

  @Override
  public void delete(String key) {
    client.del(key);
  }

  @Override
  public void increment(String key) {
    client.incr(key);
  }

  @Override
  public double serverCpuSeconds() {
    return server
        .info()
        .totalCpuDuration()
        .map(duration -> duration.toNanos() / 1e9)
        .orElse(Double.NaN);
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  private void awaitStart() throws InterruptedException {
    long end = System.nanoTime() + START_SECONDS * 1_000_000_000L;
    while (true) {
      try {
        client.ping();
        return;
      } catch (JedisConnectionException e) {
        if (System.nanoTime() > end || !server.isAlive()) {
          throw new IllegalStateException("redis-server did not start", e);
        }
        Thread.sleep(20);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
