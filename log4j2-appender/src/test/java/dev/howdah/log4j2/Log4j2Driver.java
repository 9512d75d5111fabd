package dev.howdah.log4j2;

import dev.howdah.Setting;
import dev.howdah.testkit.conformance.Channel;
import dev.howdah.testkit.conformance.Difference;
import dev.howdah.testkit.conformance.Driver;
import dev.howdah.testkit.conformance.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Log4j2 as the conformance suite sees it. */
public final class Log4j2Driver implements Driver {

  /** Made by the suite's tests, and by name. */
  public Log4j2Driver() {}

  @Override
  public String framework() {
    return "Log4j2";
  }

  @Override
  public Session start(Map<String, String> settings, List<Channel> channels) {
    return new Log4j2Session(settings, channels);
  }

  @Override
  public Map<String, String> defaults() {
    return Arrays.stream(Setting.values())
        .collect(Collectors.toMap(Setting::settingName, Setting::defaultText));
  }

  @Override
  public Map<Difference, String> differences() {
    return Map.of(
        Difference.NULL_MESSAGE_IS_TEXT,
        "Log4j2's messages format a null as the text null",
        Difference.NESTED_CALLS_REFUSED,
        "Log4j2's AppenderControl refuses calls to an appender that is at work on this thread",
        Difference.OPEN_TEMPLATES_FAIL,
        "ParameterFormatter of Log4j2 2.26.1 reads one character beyond such a template",
        Difference.ARGUMENTS_FORMATTED_BEFORE,
        "Log4j2's reusable messages are formatted when the event is made");
  }

  /** As Log4j2's manual says of applications that log in hooks, by its other name. */
  @Override
  public Map<String, String> forHooksThatLog() {
    return Map.of("log4j2.shutdownHookEnabled", "false");
  }

  /** What log4j-web sets, or recognises, in an application server. */
  @Override
  public Map<String, String> forUnloading() {
    return Map.of("log4j2.shutdownHookEnabled", "false", "log4j2.isWebapp", "true");
  }

  @Override
  public String failedToString() {
    return "[!!!";
  }

  @Override
  public String undefined(String name) {
    return "${" + name + "}";
  }
}
