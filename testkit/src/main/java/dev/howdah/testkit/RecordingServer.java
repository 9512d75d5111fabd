package dev.howdah.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server on the loopback that records what it is sent and answers as it is told: with the
 * answers of a script, each once and in order, and then with a usual one. Thread-safe; its threads
 * are daemons and end with {@link #close()}.
 *
 * <p>A connection that is reset in the middle of an answer is {@link FaultyProxy}'s business.
 */
public final class RecordingServer implements AutoCloseable {

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool(RecordingServer::daemon);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final Queue<ScriptedAnswer> script = new ConcurrentLinkedQueue<>();
  private volatile ScriptedAnswer usual = ScriptedAnswer.status(200, "ok");

  /**
   * Starts a server that speaks HTTP on a free port.
   *
   * @throws IOException when no port is free
   */
  public RecordingServer() throws IOException {
    this(HttpServer.create(freePort(), 0), "http");
  }

  /**
   * Starts a server that speaks HTTPS on a free port.
   *
   * @param tls its key and certificate
   * @throws IOException when no port is free
   */
  public RecordingServer(SSLContext tls) throws IOException {
    this(https(tls), "https");
  }

  private RecordingServer(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Names a place on this server.
   *
   * @param path path, and query if any, with the slash it begins with
   * @return its URI, with the address of the loopback as host
   */
  public URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  /** {@return the port to connect to} */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Adds to the script.
   *
   * @param answers for the next requests, in order
   */
  public void answer(ScriptedAnswer... answers) {
    script.addAll(List.of(answers));
  }

  /**
   * Sets what is answered when the script is at its end; at first 200 and {@code ok}.
   *
   * @param answer the answer
   */
  public void answerAlways(ScriptedAnswer answer) {
    usual = answer;
  }

  /** {@return all requests so far, oldest first; a view that grows} */
  public List<RecordedRequest> requests() {
    return Collections.unmodifiableList(requests);
  }

  /**
   * Shows the one request there should be.
   *
   * @return the request
   * @throws IllegalStateException when there are none or more
   */
  public RecordedRequest onlyRequest() {
    List<RecordedRequest> now = List.copyOf(requests);
    if (now.size() != 1) {
      throw new IllegalStateException(now.size() + " requests where one was expected: " + now);
    }
    return now.get(0);
  }

  /** Closes every connection, those that hang too, and ends the threads. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(
          new RecordedRequest(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body));
      ScriptedAnswer next = script.poll();
      play(next == null ? usual : next, exchange);
    }
  }

  private void play(ScriptedAnswer answer, HttpExchange exchange) throws IOException {
    switch (answer.conduct()) {
      case ANSWER -> {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        begin(answer, exchange, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
      case TRICKLE -> {
        begin(answer, exchange, 0);
        exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        hang();
      }
      case HANG -> hang();
      case CUT -> {
        // The exchange is closed before it has an answer, and its connection with it.
      }
    }
  }

  private static void begin(ScriptedAnswer answer, HttpExchange exchange, long length)
      throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(answer.status(), length);
  }

  private void hang() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpServer https(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(freePort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private static InetSocketAddress freePort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "recording-server");
    thread.setDaemon(true);
    return thread;
  }
}
