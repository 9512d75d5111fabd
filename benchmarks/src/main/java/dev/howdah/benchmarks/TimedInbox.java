package dev.howdah.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A webhook's receiver on the loopback that notes when each bug's first message came. */
final class TimedInbox implements AutoCloseable {

  private static final byte[] OK = {'o', 'k'};

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
  private final AtomicInteger again = new AtomicInteger();

  TimedInbox() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** When the message of that bug came, in {@link System#nanoTime}; null: not yet. */
  @Nullable Long arrival(String fingerprint) {
    return arrivals.get(fingerprint);
  }

  /** How many messages came a second time. */
  int again() {
    return again.get();
  }

  private void receive(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String bug = JsonMapper.shared().readTree(body).at("/issue/fingerprint").asString();
      if (arrivals.putIfAbsent(bug, now) != null) {
        again.incrementAndGet();
      }
      // With a body: without one this server closes the connection that the sender would reuse.
      exchange.sendResponseHeaders(200, OK.length);
      exchange.getResponseBody().write(OK);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
