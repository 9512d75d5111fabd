package dev.howdah.cli;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Variables as Logback and Log4j2 write them: <code>${NAME}</code>, <code>${NAME:-default}</code>,
 * <code>${env:NAME}</code> and <code>${sys:name}</code>. Values come from the file, from system
 * properties and from the environment; one that has none stays as it is.
 *
 * @param definitions those of the file
 */
record Variables(Map<String, String> definitions) {

  /** Without another one in it: the innermost come first. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}]+)}");

  /** Values may have variables in them, and two may be in each other's. */
  private static final int DEEPEST = 20;

  private static final String DEFAULT = ":-";
  private static final String ENVIRONMENT = "env:";
  private static final String SYSTEM = "sys:";

  String replaceIn(String text) {
    String replaced = text;
    String before = "";
    for (int depth = 0; depth < DEEPEST && !replaced.equals(before); depth++) {
      before = replaced;
      replaced = VARIABLE.matcher(before).replaceAll(this::replacement);
    }
    return replaced;
  }

  private String replacement(MatchResult variable) {
    String inside = variable.group(1);
    int end = inside.indexOf(DEFAULT);
    String value = value(end < 0 ? inside : inside.substring(0, end));
    if (value == null) {
      value = end < 0 ? variable.group() : inside.substring(end + DEFAULT.length());
    }
    return Matcher.quoteReplacement(value);
  }

  private @Nullable String value(String name) {
    if (name.startsWith(ENVIRONMENT)) {
      return System.getenv(name.substring(ENVIRONMENT.length()));
    }
    if (name.startsWith(SYSTEM)) {
      return System.getProperty(name.substring(SYSTEM.length()));
    }
    String defined = definitions.get(name);
    String property = defined == null ? System.getProperty(name) : defined;
    return property == null ? System.getenv(name) : property;
  }
}
