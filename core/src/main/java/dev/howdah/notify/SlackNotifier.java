package dev.howdah.notify;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a Slack channel by an <a
 * href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">incoming
 * webhook</a>, or a service that takes the same, such as Mattermost. Texts of errors format nothing
 * and call nobody there. Slack knows no way to tell a message that comes twice.
 *
 * <p>The URL is a secret: it stands in no message and in no {@link #toString()}.
 */
public final class SlackNotifier implements Notifier {

  private final HttpUrl webhook;
  private final HttpSender sender;

  private SlackNotifier(HttpUrl webhook, HttpSettings settings) {
    this.webhook = webhook;
    this.sender = new HttpSender(settings, webhook.secrets());
  }

  /** {@return a builder without a URL} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return {@code slack}} */
  @Override
  public String kind() {
    return "slack";
  }

  @Override
  public void send(Notification notification) throws NotificationException, InterruptedException {
    byte[] body = JsonMapper.shared().writeValueAsBytes(SlackMessage.of(notification));
    sender.post(webhook, "application/json; charset=utf-8", body);
  }

  @Override
  public void close() {
    sender.close();
  }

  /** Kind and host. */
  @Override
  public String toString() {
    return kind() + " " + webhook;
  }

  /** Settings of a Slack channel. Not thread-safe. */
  public static final class Builder extends HttpBuilder<Builder> {

    private @Nullable String webhookUrl;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Where messages go, and as whom.
     *
     * @param webhookUrl as Slack gives it, such as {@code https://hooks.slack.com/services/…}; a
     *     secret
     * @return this
     */
    public Builder webhookUrl(String webhookUrl) {
      this.webhookUrl = Objects.requireNonNull(webhookUrl, "webhookUrl");
      return this;
    }

    /**
     * Makes the notifier; connects to nothing.
     *
     * @return the notifier
     * @throws IllegalArgumentException naming the setting that is wrong or missing, and what would
     *     be right
     */
    public SlackNotifier build() {
      return new SlackNotifier(HttpUrl.of("webhookUrl", webhookUrl), httpSettings());
    }
  }
}
