package dev.howdah.logback;

/** The element {@code <pagerDuty>}: makes incidents of errors. */
public final class PagerDutyElement extends HttpChannelElement {

  /** Made by Logback, and by programs. */
  public PagerDutyElement() {}

  @Override
  String kind() {
    return "pagerduty";
  }

  /**
   * Setting {@code routingKey}.
   *
   * @param value key of the service's integration; required, and a secret
   */
  public void setRoutingKey(String value) {
    set("routingKey", value);
  }

  /**
   * Setting {@code url}.
   *
   * @param value PagerDuty's address; default https://events.pagerduty.com/v2/enqueue
   */
  public void setUrl(String value) {
    set("url", value);
  }
}
