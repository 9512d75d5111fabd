package dev.howdah.examples.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The shop's HTTP face: each request is logged once, each failure with its exception. */
final class ShopServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShopServer.class);

  private final Orders orders;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final AtomicInteger requests = new AtomicInteger();

  ShopServer(Orders orders) throws IOException {
    this.orders = orders;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How many requests were answered, and so how many lines "request completed" there must be. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    Map<String, String> query = query(exchange);
    MDC.put("request_id", UUID.randomUUID().toString());
    MDC.put("user_id", query.getOrDefault("customer", "nobody"));
    try {
      String path = exchange.getRequestURI().getPath();
      int status = answer(path, query);
      double millis = (System.nanoTime() - start) / 1e6;
      LOG.atInfo()
          .addKeyValue("path", path)
          .addKeyValue("status", status)
          .addKeyValue("duration_ms", Math.round(millis * 1000) / 1000.0)
          .log("request completed: {} {}", status, path);
      requests.incrementAndGet();
      exchange.sendResponseHeaders(status, -1);
    } finally {
      MDC.clear();
      exchange.close();
    }
  }

  private int answer(String path, Map<String, String> query) {
    try {
      int customer = Integer.parseInt(query.getOrDefault("customer", ""));
      switch (path) {
        case "/order" ->
            orders.place(
                customer,
                query.getOrDefault("ref", ""),
                Integer.parseInt(query.getOrDefault("product", "1")));
        case "/report" -> orders.report();
        case "/label" -> LOG.debug("label {}", orders.label(customer));
        default -> {
          LOG.warn("nothing at {}", path);
          return 404;
        }
      }
      return 200;
    } catch (NumberFormatException e) {
      LOG.error("bad input in {}", query, e);
      return 400;
    } catch (SQLException e) {
      LOG.atError()
          .addKeyValue("sql_state", e.getSQLState())
          .setCause(e)
          .log("{} failed for customer {}", path, query.get("customer"));
      return isTimeout(e) ? 504 : 409;
    } catch (RuntimeException e) {
      LOG.error("{} failed unexpectedly", path, e);
      return 500;
    }
  }

  private static boolean isTimeout(SQLException e) {
    return "57014".equals(e.getSQLState());
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    String query = exchange.getRequestURI().getQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
    }
    return values;
  }
}
