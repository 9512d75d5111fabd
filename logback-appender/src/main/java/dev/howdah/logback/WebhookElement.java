package dev.howdah.logback;

/** The element {@code <webhook>}: sends JSON to a URL. */
public final class WebhookElement extends HttpChannelElement {

  /** Made by Logback, and by programs. */
  public WebhookElement() {}

  @Override
  String kind() {
    return "webhook";
  }

  /**
   * Setting {@code url}.
   *
   * @param value where messages are sent to; required
   */
  public void setUrl(String value) {
    set("url", value);
  }

  /**
   * Setting {@code method}.
   *
   * @param value method of HTTP, post or put; default post
   */
  public void setMethod(String value) {
    set("method", value);
  }

  /**
   * Setting {@code contentType}.
   *
   * @param value type of the body; default application/json
   */
  public void setContentType(String value) {
    set("contentType", value);
  }

  /**
   * Setting {@code bodyTemplate}.
   *
   * @param value body with variables in braces; default: JSON as the schema says
   */
  public void setBodyTemplate(String value) {
    set("bodyTemplate", value);
  }

  /**
   * Setting {@code headers}.
   *
   * @param value headers, lines like {@code Name: value}
   */
  public void setHeaders(String value) {
    set("headers", value);
  }

  /**
   * Setting {@code secret}.
   *
   * @param value key that signs messages, at least 16 characters; default: none
   */
  public void setSecret(String value) {
    set("secret", value);
  }
}
