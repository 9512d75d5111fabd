package dev.howdah.notify;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens an incident in PagerDuty for each bug, by its <a
 * href="https://developer.pagerduty.com/docs/events-api-v2/overview/">Events API v2</a>.
 * Milestones, spikes and regressions of a bug belong to the incident that is open; it is
 * acknowledged when somebody is assigned to the bug, and resolved when the bug is. PagerDuty takes
 * a message that comes twice for one.
 *
 * <p>A service whose error rate is too high has one incident. A digest and a test open one each, of
 * severity {@code info}, which nobody but you resolves.
 *
 * <p>The key stands in no message and in no {@link #toString()}.
 */
public final class PagerDutyNotifier implements Notifier {

  private static final Pattern ROUTING_KEY = Pattern.compile("[0-9A-Za-z]{32}");
  private static final String US = "https://events.pagerduty.com/v2/enqueue";

  private final HttpUrl url;
  private final String routingKey;
  private final HttpSender sender;

  private PagerDutyNotifier(HttpUrl url, String routingKey, HttpSettings settings) {
    this.url = url;
    this.routingKey = routingKey;
    this.sender = new HttpSender(settings, List.of(routingKey), PagerDutyNotifier::explained);
  }

  /** {@return a builder without a key} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return {@code pagerduty}} */
  @Override
  public String kind() {
    return "pagerduty";
  }

  /** {@return true: incidents are acknowledged and resolved} */
  @Override
  public boolean followsUp() {
    return true;
  }

  @Override
  public void send(Notification notification) throws NotificationException, InterruptedException {
    byte[] body =
        JsonMapper.shared().writeValueAsBytes(PagerDutyEvent.of(notification, routingKey));
    sender.post(url, "application/json", body);
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

  /** An answer of 400 lists what is wrong: {@code {"message": "…", "errors": ["…"]}}. */
  private static String explained(String answer) {
    try {
      JsonNode json = JsonMapper.shared().readTree(answer);
      Stream<JsonNode> errors = StreamSupport.stream(json.path("errors").spliterator(), false);
      String listed =
          Stream.concat(Stream.of(json.path("message")), errors)
              .map(node -> node.asString(""))
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining("; "));
      return listed.isEmpty() ? answer : listed;
    } catch (JacksonException e) {
      return answer; // Not PagerDuty's, but a proxy's.
    }
  }

  /** Settings of a PagerDuty channel. Not thread-safe. */
  public static final class Builder extends HttpBuilder<Builder> {

    private @Nullable String routingKey;
    private String url = US;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * The integration key of a service in PagerDuty, of the type Events API v2.
     *
     * @param routingKey 32 letters and digits; a secret
     * @return this
     */
    public Builder routingKey(String routingKey) {
      this.routingKey = Objects.requireNonNull(routingKey, "routingKey");
      return this;
    }

    /**
     * Where events go.
     *
     * @param url {@code https://events.pagerduty.com/v2/enqueue} by default; accounts in the EU
     *     need {@code https://events.eu.pagerduty.com/v2/enqueue}
     * @return this
     */
    public Builder url(String url) {
      this.url = Objects.requireNonNull(url, "url");
      return this;
    }

    /**
     * Makes the notifier; connects to nothing.
     *
     * @return the notifier
     * @throws IllegalArgumentException naming the setting that is wrong or missing, and what would
     *     be right
     */
    public PagerDutyNotifier build() {
      String right = "the 32 letters and digits of an integration key of the Events API v2";
      if (routingKey == null || routingKey.isBlank()) {
        throw missing("routingKey", right);
      }
      String key = routingKey.strip();
      if (!ROUTING_KEY.matcher(key).matches()) {
        throw WrongSetting.of("routingKey", HttpUrl.isUnresolved(key) ? key : "…", right);
      }
      return new PagerDutyNotifier(HttpUrl.of("url", url), key, httpSettings());
    }
  }
}
