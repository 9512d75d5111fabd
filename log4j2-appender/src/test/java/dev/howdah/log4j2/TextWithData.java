package dev.howdah.log4j2;

import java.util.Map;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.jspecify.annotations.Nullable;

/** A message of typed values that has a text too, as applications of Log4j2 make it. */
final class TextWithData extends MapMessage<TextWithData, @Nullable Object> {

  private static final long serialVersionUID = 1;

  private final transient ParameterizedMessage text;

  TextWithData(
      @Nullable String template,
      @Nullable Object[] arguments,
      Map<@Nullable String, @Nullable Object> data) {
    super(data);
    text = new ParameterizedMessage(template, arguments, null);
  }

  @Override
  public String getFormattedMessage() {
    return text.getFormattedMessage();
  }

  @Override
  public void formatTo(StringBuilder buffer) {
    text.formatTo(buffer);
  }

  @Override
  @Deprecated
  public String getFormat() {
    return text.getFormat();
  }

  @Override
  public @Nullable Object[] getParameters() {
    return text.getParameters();
  }
}
