package dev.howdah.testkit.conformance;

import java.util.Map;

/**
 * A way to tell people of errors, to be written as the framework has it.
 *
 * @param kind one of email, slack, webhook and pagerDuty, or that of a factory, such as teams
 * @param settings name to text, as in {@code dev.howdah.ChannelSetting}; the text goes into the XML
 *     as it is, but for XML's own escapes
 */
public record Channel(String kind, Map<String, String> settings) {

  /** {@return whether Howdah brings this kind itself, so that it has an element of its own} */
  public boolean isOwn() {
    return switch (kind) {
      case "email", "slack", "webhook", "pagerDuty" -> true;
      default -> false;
    };
  }
}
