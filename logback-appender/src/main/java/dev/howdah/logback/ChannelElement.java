package dev.howdah.logback;

import dev.howdah.ChannelConfig;
import dev.howdah.ChannelSetting;
import dev.howdah.notify.NotificationChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An element within the appender's that names a way to tell people of errors. Here are the settings
 * that every channel has; {@link ChannelSetting} has their ranges. Each is text, as in the file,
 * and is checked when the appender starts: where one is wrong, Logback's status tells it, and the
 * channel is left out.
 *
 * <p>For one thread.
 */
public abstract class ChannelElement {

  private final Map<String, String> settings = new LinkedHashMap<>();

  /** Package-private: the kinds are this package's. */
  ChannelElement() {}

  /** What it is, such as {@code slack}. */
  abstract String kind();

  final void set(String setting, String value) {
    settings.put(setting, value);
  }

  final NotificationChannel create() {
    return new ChannelConfig(kind(), settings).create();
  }

  /**
   * Setting {@code name}.
   *
   * @param value name of the channel, unique in the application; default: its kind
   */
  public void setName(String value) {
    set("name", value);
  }

  /**
   * Setting {@code level}.
   *
   * @param value least level of errors it is told of; default error
   */
  public void setLevel(String value) {
    set("level", value);
  }

  /**
   * Setting {@code notifyOnOccurrence}.
   *
   * @param value occurrences of an error that it is told of; default 1,100,200,300
   */
  public void setNotifyOnOccurrence(String value) {
    set("notifyOnOccurrence", value);
  }

  /**
   * Setting {@code every}.
   *
   * @param value tells of each so-manieth occurrence, too; default 0: not
   */
  public void setEvery(String value) {
    set("every", value);
  }

  /**
   * Setting {@code regressions}.
   *
   * @param value whether it is told that a resolved error is back; default true
   */
  public void setRegressions(String value) {
    set("regressions", value);
  }

  /**
   * Setting {@code spikeFactor}.
   *
   * @param value tells of an error whose rate is more than so many times its hourly mean; 0: not;
   *     default 10
   */
  public void setSpikeFactor(String value) {
    set("spikeFactor", value);
  }

  /**
   * Setting {@code spikeFloor}.
   *
   * @param value occurrences in five minutes below which there is no spike; default 50
   */
  public void setSpikeFloor(String value) {
    set("spikeFloor", value);
  }

  /**
   * Setting {@code errorRate}.
   *
   * @param value tells of a service with more errors a second; default 0: not
   */
  public void setErrorRate(String value) {
    set("errorRate", value);
  }

  /**
   * Setting {@code services}.
   *
   * @param value services whose errors it is told of, separated by commas; default: the application
   */
  public void setServices(String value) {
    set("services", value);
  }

  /**
   * Setting {@code environments}.
   *
   * @param value environments, likewise; default: the application's
   */
  public void setEnvironments(String value) {
    set("environments", value);
  }

  /**
   * Setting {@code exceptionTypes}.
   *
   * @param value classes of exceptions, separated by commas; default: all
   */
  public void setExceptionTypes(String value) {
    set("exceptionTypes", value);
  }

  /**
   * Setting {@code loggers}.
   *
   * @param value loggers of an error's first occurrence, separated by commas; default: all
   */
  public void setLoggers(String value) {
    set("loggers", value);
  }

  /**
   * Setting {@code quietHours}.
   *
   * @param value when nothing is sent, such as 22:00-07:00; default: never
   */
  public void setQuietHours(String value) {
    set("quietHours", value);
  }

  /**
   * Setting {@code timeZone}.
   *
   * @param value time zone of the quiet hours; default: the JVM's
   */
  public void setTimeZone(String value) {
    set("timeZone", value);
  }

  /**
   * Setting {@code maxPerHour}.
   *
   * @param value messages in an hour beyond which there is one digest; 0: any number; default 30
   */
  public void setMaxPerHour(String value) {
    set("maxPerHour", value);
  }

  /**
   * Setting {@code contextKeys}.
   *
   * @param value keys of the error's context that messages show, separated by commas
   */
  public void setContextKeys(String value) {
    set("contextKeys", value);
  }

  /**
   * Setting {@code link}.
   *
   * @param value where people read on, such as {@code https://wiki/{fingerprint}}
   */
  public void setLink(String value) {
    set("link", value);
  }

  /**
   * Setting {@code timeout}.
   *
   * @param value how long sending a message may take; default 15 s
   */
  public void setTimeout(String value) {
    set("timeout", value);
  }

  /**
   * Setting {@code giveUpAfter}.
   *
   * @param value age at which an unsent message is dropped; default 1 d
   */
  public void setGiveUpAfter(String value) {
    set("giveUpAfter", value);
  }
}
