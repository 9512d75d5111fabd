package dev.howdah.logback;

import dev.howdah.Setting;
import dev.howdah.testkit.conformance.Channel;
import dev.howdah.testkit.conformance.Difference;
import dev.howdah.testkit.conformance.Driver;
import dev.howdah.testkit.conformance.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Logback as the conformance suite sees it. */
public final class LogbackDriver implements Driver {

  /** Made by the suite's tests, and by name. */
  public LogbackDriver() {}

  @Override
  public String framework() {
    return "Logback";
  }

  @Override
  public Session start(Map<String, String> settings, List<Channel> channels) {
    return new LogbackSession(settings, channels);
  }

  @Override
  public Map<String, String> defaults() {
    return Arrays.stream(Setting.values())
        .collect(Collectors.toMap(Setting::settingName, Setting::defaultText));
  }

  @Override
  public Map<Difference, String> differences() {
    return Map.of(
        Difference.NO_FATAL,
        "Logback's highest level is ERROR",
        Difference.RELOAD_HAS_A_GAP,
        "Logback resets the context, which detaches every appender, before it reads the file");
  }

  @Override
  public String failedToString() {
    return "[FAILED toString()]";
  }

  @Override
  public String undefined(String name) {
    return name + "_IS_UNDEFINED";
  }
}
