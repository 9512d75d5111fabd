package dev.howdah.notify;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.howdah.event.HowdahThreads;
import java.lang.module.ModuleDescriptor;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends a channel's requests, and says what their answers mean.
 *
 * <table>
 * <caption>Answers</caption>
 * <tr><td>2xx</td><td>taken</td></tr>
 * <tr><td>429, 503 with {@code Retry-After}</td><td>busy for so long</td></tr>
 * <tr><td>408, 425, 429, 5xx, none in time, a broken connection</td><td>failed, may go well
 * later</td></tr>
 * <tr><td>other 4xx, and 3xx that is not followed</td><td>refused</td></tr>
 * </table>
 *
 * <p>Messages of exceptions tell the host, the status and the beginning of the text, with the
 * channel's secrets blotted out. Nothing is connected before the first request. Thread-safe.
 */
final class HttpSender implements AutoCloseable {

  /** Blotting out shorter ones would make a riddle of every text. */
  private static final int SHORTEST_SECRET = 8;

  private static final int MOST_REDIRECTS = 5;
  private static final int MOST_TEXT = 200;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
  private static final Set<Integer> WAIT = Set.of(429, 503);
  private static final Set<Integer> LATER = Set.of(408, 425, 429);
  private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);
  private static final String USER_AGENT = "Howdah/" + version();

  private final HttpSettings settings;
  private final List<String> secrets;
  private final UnaryOperator<String> explain;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(work -> HowdahThreads.create("http", work));
  private @Nullable HttpClient client;
  private boolean closed;

  /** The secrets are blotted out; the operator makes the text of an answer fit for people. */
  HttpSender(HttpSettings settings, List<String> secrets, UnaryOperator<String> explain) {
    this.settings = settings;
    this.secrets = secrets.stream().filter(text -> text.length() >= SHORTEST_SECRET).toList();
    this.explain = explain;
  }

  HttpSender(HttpSettings settings, List<String> secrets) {
    this(settings, secrets, UnaryOperator.identity());
  }

  /** Begins a request that {@link #send} takes. */
  static HttpRequest.Builder request(HttpUrl url) {
    // Without TLS, HTTP/2 begins with an Upgrade in the request, which some receivers stumble over.
    boolean tls = "https".equalsIgnoreCase(url.uri().getScheme());
    return HttpRequest.newBuilder(url.uri())
        .version(tls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
        .setHeader("User-Agent", USER_AGENT);
  }

  /** Posts a body, and returns when the receiver has taken it. */
  void post(HttpUrl url, String contentType, byte[] body)
      throws NotificationException, InterruptedException {
    send(
        request(url)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private static boolean isTaken(int status) {
    return status / 100 == 2;
  }

  /** Returns when the receiver has taken it. */
  void send(HttpRequest first) throws NotificationException, InterruptedException {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    HttpRequest request = first;
    Answer answer = exchange(request, deadline);
    for (int followed = 0; leadsOn(answer) && followed < MOST_REDIRECTS; followed++) {
      request = HttpRequest.newBuilder(request, (name, value) -> true).uri(target(answer)).build();
      answer = exchange(request, deadline);
    }
    if (!isTaken(answer.status())) {
      throw rejection(answer);
    }
  }

  /** Ends the connections, as far as this JDK can, and the threads. */
  @Override
  public void close() {
    HttpClient old;
    synchronized (this) {
      closed = true;
      old = client;
      client = null;
    }
    // From Java 21 on; before, it ends when it is no longer reachable.
    if (old instanceof AutoCloseable closeable) {
      close(closeable);
    }
    threads.shutdownNow();
  }

  private Answer exchange(HttpRequest request, long deadline)
      throws NotificationException, InterruptedException {
    URI from = request.uri();
    if (!settings.allowPrivateAddresses()) {
      PublicAddresses.require(from.getHost());
    }
    AtomicInteger status = new AtomicInteger();
    CompletableFuture<HttpResponse<String>> response =
        client()
            .sendAsync(
                request,
                head -> {
                  status.set(head.statusCode());
                  return new AnswerText();
                });
    try {
      HttpResponse<String> whole = response.get(deadline - System.nanoTime(), NANOSECONDS);
      return new Answer(from, whole.statusCode(), whole.headers(), whole.body());
    } catch (TimeoutException | ExecutionException e) {
      if (isTaken(status.get())) {
        // It says so, however its text ends: to send it again would be wrong.
        return new Answer(from, status.get(), NO_HEADERS, "");
      }
      throw failure(from.getHost(), e);
    } finally {
      // Ends what nobody waits for any more.
      response.cancel(true);
    }
  }

  private boolean leadsOn(Answer answer) {
    return settings.followRedirects() && REDIRECTS.contains(answer.status());
  }

  private static URI target(Answer answer) throws NotificationException {
    URI from = answer.from();
    Optional<String> location = answer.headers().firstValue("Location");
    URI to;
    try {
      to = from.resolve(location.orElseThrow());
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw NotificationException.refused(from.getHost() + " redirects to no URL");
    }
    if (!isSameHost(from, to)) {
      throw NotificationException.refused(
          from.getHost()
              + " redirects to "
              + HttpUrl.shown(to)
              + ", which is another host: set that URL if it is where to send to");
    }
    return to;
  }

  /** Also from http to https, never back. */
  private static boolean isSameHost(URI from, URI to) {
    boolean upgrade =
        "http".equalsIgnoreCase(from.getScheme()) && "https".equalsIgnoreCase(to.getScheme());
    boolean same =
        from.getScheme().equalsIgnoreCase(to.getScheme()) && from.getPort() == to.getPort();
    return from.getHost().equalsIgnoreCase(to.getHost()) && (upgrade || same);
  }

  private NotificationException rejection(Answer answer) {
    int status = answer.status();
    String text = SafeText.line(blotted(explain.apply(answer.text())), MOST_TEXT);
    String message =
        answer.from().getHost() + " answered " + status + (text.isEmpty() ? "" : ": " + text);
    Duration pause = WAIT.contains(status) ? RetryAfter.of(answer.headers(), Instant.now()) : null;
    if (pause != null) {
      return NotificationException.busy(message, pause);
    }
    return status >= 500 || LATER.contains(status)
        ? NotificationException.failed(message, null)
        : NotificationException.refused(message);
  }

  private NotificationException failure(String host, Exception thrown) {
    if (thrown instanceof TimeoutException) {
      long millis = settings.timeout().toMillis();
      return NotificationException.failed(
          host + " has not answered within " + millis + " ms", thrown);
    }
    Throwable cause = Objects.requireNonNullElse(thrown.getCause(), thrown);
    return NotificationException.failed(host + ": " + inWords(cause), cause);
  }

  private String inWords(Throwable cause) {
    if (cause instanceof ConnectException
        && cause.getCause() instanceof UnresolvedAddressException) {
      return "this host is not known";
    }
    String message = Objects.requireNonNullElse(cause.getMessage(), "");
    return SafeText.line(
        blotted(cause.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message)),
        MOST_TEXT);
  }

  private String blotted(String text) {
    String blotted = text;
    for (String secret : secrets) {
      blotted = blotted.replace(secret, "…");
    }
    return blotted;
  }

  /** Made on the thread that sends, one of Howdah's: the client's own thread belongs to it then. */
  private synchronized HttpClient client() throws NotificationException {
    if (closed) {
      throw NotificationException.failed("the channel is closed", null);
    }
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(settings.timeout())
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(settings.proxies())
              .executor(threads)
              .build();
      client = made;
    }
    return made;
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new AssertionError(e); // HttpClient's declares none.
    }
  }

  /** What {@link #send} has to judge. */
  private record Answer(URI from, int status, HttpHeaders headers, String text) {}

  private static String version() {
    ModuleDescriptor module = HttpSender.class.getModule().getDescriptor();
    String version =
        module == null
            ? HttpSender.class.getPackage().getImplementationVersion()
            : module.rawVersion().orElse(null);
    return Objects.requireNonNullElse(version, "unknown");
  }
}
