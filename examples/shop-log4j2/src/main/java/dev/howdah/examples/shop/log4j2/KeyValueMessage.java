package dev.howdah.examples.shop.log4j2;

import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;

/**
 * A text with values beside it, each of its own type: {@code new KeyValueMessage("{} arrived",
 * name).with("weight", 4.5)}. Log4j2's own MapMessage has no text but that of its values.
 */
final class KeyValueMessage extends MapMessage<KeyValueMessage, Object> {

  private static final long serialVersionUID = 1;

  private final String template;
  private final ParameterizedMessage text;

  KeyValueMessage(String template, Object... arguments) {
    this.template = template;
    text = new ParameterizedMessage(template, arguments);
  }

  /** What the appender keeps as the message's template. */
  @Override
  public String getFormat() {
    return template;
  }

  @Override
  public String getFormattedMessage() {
    return text.getFormattedMessage();
  }

  @Override
  public void formatTo(StringBuilder buffer) {
    text.formatTo(buffer);
  }
}
