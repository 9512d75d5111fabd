package dev.howdah.logback;

/** The element {@code <slack>}: tells a channel of Slack. */
public final class SlackElement extends HttpChannelElement {

  /** Made by Logback, and by programs. */
  public SlackElement() {}

  @Override
  String kind() {
    return "slack";
  }

  /**
   * Setting {@code webhookUrl}.
   *
   * @param value Slack's incoming webhook; required, and a secret
   */
  public void setWebhookUrl(String value) {
    set("webhookUrl", value);
  }
}
