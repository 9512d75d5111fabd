package dev.howdah.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operator's own body for a webhook. Values are cut, cleaned, and escaped for the type of
 * content: JSON, XML, HTML and forms; in others they stand as they are.
 */
final class BodyTemplate {

  private static final int VALUE = 8000;

  private static final Notification SAMPLE =
      new Notification("test", Reason.TEST, new Trial("test", null), Instant.EPOCH);

  private final MessageTemplate template;
  private final UnaryOperator<String> escape;

  private BodyTemplate(MessageTemplate template, UnaryOperator<String> escape) {
    this.template = template;
    this.escape = escape;
  }

  static BodyTemplate of(String text, String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    BodyTemplate made = new BodyTemplate(read(text), escapeFor(type));
    if (isJson(type)) {
      made.requireJson();
    }
    return made;
  }

  String fill(Notification notification) {
    return template.fill(notification, value -> escape.apply(SafeText.lines(value, VALUE)));
  }

  private static MessageTemplate read(String text) {
    try {
      return MessageTemplate.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("setting 'bodyTemplate': " + e.getMessage(), e);
    }
  }

  private void requireJson() {
    try {
      JsonMapper.shared().readTree(fill(SAMPLE));
    } catch (JacksonException e) {
      // Neither the template nor the cause's message, which may hold a key that goes with it.
      throw new IllegalArgumentException(
          "setting 'bodyTemplate' is wrong at column "
              + e.getLocation().getColumnNr()
              + " of line "
              + e.getLocation().getLineNr()
              + ": it must be JSON, with each variable inside quotes, since it may be empty; or set"
              + " 'contentType'");
    }
  }

  private static boolean isJson(String type) {
    return type.endsWith("/json") || type.endsWith("+json");
  }

  private static UnaryOperator<String> escapeFor(String type) {
    if (isJson(type)) {
      return BodyTemplate::json;
    }
    if (type.endsWith("/xml") || type.endsWith("+xml") || type.equals("text/html")) {
      return Html::escape;
    }
    if (type.equals("application/x-www-form-urlencoded")) {
      return value -> URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
    return UnaryOperator.identity();
  }

  private static String json(String value) {
    String quoted = JsonMapper.shared().writeValueAsString(value);
    return quoted.substring(1, quoted.length() - 1);
  }
}
