package dev.howdah.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fingerprint put together by the user: text with {@code {{ default }}} for what Howdah would
 * take, {@code {context.KEY}} for a value of the event's context, and {@code {logger}}, {@code
 * {template}} or {@code {exception}} (the root cause's type).
 */
final class FingerprintTemplate {

  private static final String DEFAULT = "default";
  private static final String LOGGER = "logger";
  private static final String TEMPLATE = "template";
  private static final String EXCEPTION = "exception";
  private static final String CONTEXT = "context.";

  private static final Pattern HOLE =
      Pattern.compile("\\{\\{ {0,9}default {0,9}}}|\\{([^{}]{0,200})}");

  private record Part(String text, boolean isVariable) {}

  private final List<Part> parts;

  private FingerprintTemplate(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException naming the setting, the value and what would be right
   */
  static FingerprintTemplate parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher hole = HOLE.matcher(text);
    int from = 0;
    while (hole.find()) {
      parts.add(literal(text, from, hole.start()));
      String name = hole.group(1) == null ? DEFAULT : hole.group(1).strip();
      if (hole.group(1) != null && !isVariable(name)) {
        throw refuse(text, "{" + name + "} is unknown");
      }
      parts.add(new Part(name, true));
      from = hole.end();
    }
    parts.add(literal(text, from, text.length()));
    if (from == 0) {
      throw refuse(text, "all errors would be one group");
    }
    return new FingerprintTemplate(List.copyOf(parts));
  }

  private static Part literal(String text, int from, int to) {
    String literal = text.substring(from, to);
    if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
      throw refuse(text, "it has a brace without its other");
    }
    return new Part(literal, false);
  }

  private static boolean isVariable(String name) {
    return name.equals(LOGGER)
        || name.equals(TEMPLATE)
        || name.equals(EXCEPTION)
        || (name.startsWith(CONTEXT) && name.length() > CONTEXT.length());
  }

  private static IllegalArgumentException refuse(String text, String why) {
    return new IllegalArgumentException(
        ("setting 'fingerprint' has the value '%s': %s; it must be a text with at least one of"
                + " {{ default }}, {context.KEY}, {logger}, {template}, {exception},"
                + " such as {{ default }}, {context.tenant}")
            .formatted(text, why));
  }

  /**
   * Fills the template in.
   *
   * @param exception the type of the root cause; empty without one
   * @param defaultValue what {@code {{ default }}} stands for
   */
  String render(ErrorEvent event, String exception, String defaultValue) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      out.append(
          part.isVariable() ? value(part.text(), event, exception, defaultValue) : part.text());
    }
    return out.toString();
  }

  private static String value(
      String variable, ErrorEvent event, String exception, String defaultValue) {
    String value =
        switch (variable) {
          case DEFAULT -> defaultValue;
          case LOGGER -> event.logger();
          case TEMPLATE -> event.template();
          case EXCEPTION -> exception;
          default -> event.context().apply(variable.substring(CONTEXT.length()));
        };
    return value == null ? "" : value;
  }

  /**
   * Fills in a fingerprint that an event brought: any text, in which only {@code {{ default }}} is
   * special.
   */
  static String renderOwn(String own, String defaultValue) {
    return HOLE.matcher(own)
        .replaceAll(
            hole -> Matcher.quoteReplacement(hole.group(1) == null ? defaultValue : hole.group()));
  }
}
