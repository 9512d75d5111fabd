package dev.howdah.notify;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends notifications as JSON to a URL of yours. The JSON Schema of what is sent lies in this
 * package as {@code webhook.schema.json}; fields may be added to a version, which a receiver should
 * bear.
 *
 * <table>
 * <caption>Headers</caption>
 * <tr><td>{@code Idempotency-Key}</td><td>{@link Notification#dedupeKey}: the same when a message
 * comes twice</td></tr>
 * <tr><td>{@code Howdah-Reason}</td><td>{@link Reason#code}, such as {@code new}</td></tr>
 * <tr><td>{@code Howdah-Timestamp}</td><td>when it was sent, in seconds since 1970 (UTC); each
 * attempt has its own</td></tr>
 * <tr><td>{@code Howdah-Signature}</td><td>{@code v1=} and 64 hexadecimal digits, where there is a
 * {@code secret}</td></tr>
 * </table>
 *
 * <p>A receiver checks the signature over the bytes of the body, before it parses them:
 *
 * <pre>{@code
 * Mac mac = Mac.getInstance("HmacSHA256");
 * mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
 * mac.update((timestamp + ".").getBytes(UTF_8));
 * String expected = "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
 * boolean genuine = MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))
 *     && Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) <= 300;
 * }</pre>
 *
 * <p>The comparison takes the same time whatever differs. Messages from more than five minutes ago
 * are turned away, so that whoever overheard one cannot send it again later; within those, {@code
 * Idempotency-Key} tells a second one.
 *
 * <p>Secrets, the values of own headers and what follows the host in the URL stand in no message
 * and in no {@link #toString()}.
 */
public final class WebhookNotifier implements Notifier {

  private static final String JSON = "application/json";
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("[\\w.+-]+/[\\w.+-]+(;[\\x20-\\x7e]+)?");

  private final HttpUrl url;
  private final String method;
  private final String contentType;
  private final Map<String, String> headers;
  private final @Nullable BodyTemplate template;
  private final @Nullable WebhookSignature signature;
  private final HttpSender sender;

  private WebhookNotifier(Builder from) {
    url = HttpUrl.of("url", from.url);
    method = from.method;
    contentType = from.contentType;
    headers = from.headers;
    template = from.bodyTemplate == null ? null : BodyTemplate.of(from.bodyTemplate, contentType);
    signature = WebhookSignature.of(from.secret);
    sender = new HttpSender(from.httpSettings(), secrets(from, url));
  }

  /** {@return a builder without a URL} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return {@code webhook}} */
  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public void send(Notification notification) throws NotificationException, InterruptedException {
    byte[] body = body(notification);
    long now = Instant.now().getEpochSecond();
    HttpRequest.Builder request =
        HttpSender.request(url)
            .method(method, BodyPublishers.ofByteArray(body))
            .setHeader("Content-Type", contentType)
            .setHeader("Idempotency-Key", notification.dedupeKey())
            .setHeader("Howdah-Reason", notification.reason().code())
            .setHeader("Howdah-Timestamp", Long.toString(now));
    if (signature != null) {
      request.setHeader("Howdah-Signature", signature.of(now, body));
    }
    headers.forEach(request::setHeader);
    sender.send(request.build());
  }

  @Override
  public void close() {
    sender.close();
  }

  /** Kind and host. */
  @Override
  public String toString() {
    return kind() + " " + url;
  }

  private byte[] body(Notification notification) {
    return template == null
        ? JsonMapper.shared().writeValueAsBytes(WebhookPayload.of(notification))
        : template.fill(notification).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> secrets(Builder from, HttpUrl url) {
    List<String> secrets = new ArrayList<>(url.secrets());
    from.headers.values().forEach(value -> secrets.addAll(List.of(value.split("\\s+"))));
    if (from.secret != null) {
      secrets.add(from.secret);
    }
    return secrets;
  }

  /** Settings of a webhook. Not thread-safe. */
  public static final class Builder extends HttpBuilder<Builder> {

    private @Nullable String url;
    private @Nullable String secret;
    private Map<String, String> headers = Map.of();
    private @Nullable String bodyTemplate;
    private String contentType = JSON;
    private String method = "POST";

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Where messages go.
     *
     * @param url of http or https; what follows the host may be a secret, and is shown nowhere
     * @return this
     */
    public Builder url(String url) {
      this.url = Objects.requireNonNull(url, "url");
      return this;
    }

    /**
     * Signs each message.
     *
     * @param secret what only the receiver knows beside you, at least 16 characters; by default
     *     nothing is signed
     * @return this
     */
    public Builder secret(String secret) {
      this.secret = Objects.requireNonNull(secret, "secret");
      return this;
    }

    /**
     * Your own headers.
     *
     * @param headers lines such as {@code Authorization: Bearer abc}; the values are shown nowhere
     * @return this
     * @throws IllegalArgumentException naming a header that HTTP does not allow or that Howdah sets
     */
    public Builder headers(String headers) {
      this.headers = WebhookHeaders.parse(headers);
      return this;
    }

    /**
     * Your own body in place of Howdah's JSON.
     *
     * @param bodyTemplate as {@link MessageTemplate} describes it; values are escaped for {@code
     *     contentType}. One of JSON has its variables inside quotes: {@code {"text": "{headline}"}}
     * @return this
     */
    public Builder bodyTemplate(String bodyTemplate) {
      this.bodyTemplate = Objects.requireNonNull(bodyTemplate, "bodyTemplate");
      return this;
    }

    /**
     * The type of the body's content.
     *
     * @param contentType {@code application/json} by default; the body is UTF-8 in any case
     * @return this
     * @throws IllegalArgumentException when it is not a type and a subtype
     */
    public Builder contentType(String contentType) {
      if (!CONTENT_TYPE.matcher(contentType.strip()).matches()) {
        throw WrongSetting.of("contentType", contentType, "such as application/json");
      }
      this.contentType = contentType.strip();
      return this;
    }

    /**
     * The method of the request.
     *
     * @param method {@code POST}, the default, or {@code PUT}, in any case
     * @return this
     * @throws IllegalArgumentException when it is another
     */
    public Builder method(String method) {
      String upper = method.strip().toUpperCase(Locale.ROOT);
      if (!upper.equals("POST") && !upper.equals("PUT")) {
        throw WrongSetting.of("method", method, "POST or PUT");
      }
      this.method = upper;
      return this;
    }

    /**
     * Makes the notifier; connects to nothing.
     *
     * @return the notifier
     * @throws IllegalArgumentException naming the setting that is wrong or missing, and what would
     *     be right
     */
    public WebhookNotifier build() {
      return new WebhookNotifier(this);
    }
  }
}
