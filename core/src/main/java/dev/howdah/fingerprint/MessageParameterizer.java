package dev.howdah.fingerprint;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes out of a message what varies: every {@link Parameter} becomes its placeholder. */
final class MessageParameterizer {

  /** Two messages of one error that agree so far agree enough. */
  static final int MAX_LENGTH = 1000;

  private final List<Parameter> parameters;
  private final Pattern pattern;

  private MessageParameterizer(List<Parameter> parameters) {
    this.parameters = parameters;
    this.pattern =
        Pattern.compile(
            parameters.stream()
                .map(parameter -> "(" + parameter.pattern() + ")")
                .collect(Collectors.joining("|")));
  }

  /** Takes out all that varies, for grouping. */
  static MessageParameterizer ofEverything() {
    return new MessageParameterizer(List.of(Parameter.values()));
  }

  /** Leaves what tells a person most: names in quotes, and paths. */
  static MessageParameterizer ofTitles() {
    Set<Parameter> left = Set.of(Parameter.QUOTED, Parameter.PATH);
    return new MessageParameterizer(
        List.of(Parameter.values()).stream()
            .filter(parameter -> !left.contains(parameter))
            .collect(Collectors.toUnmodifiableList()));
  }

  /**
   * @param message any text
   * @return its first {@value #MAX_LENGTH} characters, parameterised
   */
  String parameterize(String message) {
    return pattern.matcher(cut(message)).replaceAll(match -> placeholder((Matcher) match));
  }

  static String cut(String message) {
    return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH);
  }

  private String placeholder(Matcher match) {
    int group = 1;
    while (match.start(group) < 0) {
      group++;
    }
    return parameters.get(group - 1).placeholder();
  }
}
