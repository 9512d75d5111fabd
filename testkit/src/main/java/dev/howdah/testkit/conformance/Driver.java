package dev.howdah.testkit.conformance;

import java.util.List;
import java.util.Map;

/**
 * What the suite asks of a logging framework: a thin translation, no logic of its own.
 *
 * <p>An implementation is public and has a public constructor without arguments: it is also made by
 * name, in forked JVMs and in class loaders of their own.
 */
public interface Driver {

  /** {@return the framework's name, for messages} */
  String framework();

  /**
   * Starts the framework in a logging context of its own, configured by the framework's own XML:
   * one appender named PG with these settings, attached to the root logger at level TRACE. Several
   * sessions may be open at once.
   *
   * @param settings name to text, as in {@code dev.howdah.Setting}; the text goes into the XML as
   *     it is, but for XML's own escapes, so that the framework replaces variables in it
   * @return the session; the appender in it may not have started, if a setting forbids it
   */
  default Session start(Map<String, String> settings) {
    return start(settings, List.of());
  }

  /**
   * Starts the framework likewise, with channels to tell people of errors within the appender.
   *
   * @param settings as for {@link #start(Map)}
   * @param channels each an element of its own, in this order
   * @return the session
   */
  Session start(Map<String, String> settings, List<Channel> channels);

  /** {@return each setting that the appender has, and its default as text; empty for none} */
  Map<String, String> defaults();

  /** {@return where this framework differs, each with the reason} */
  Map<Difference, String> differences();

  /**
   * Lets an application's own shutdown hooks log.
   *
   * @return system properties by which the framework, in a JVM that starts with them, does not stop
   *     by itself when the JVM goes down
   */
  default Map<String, String> forHooksThatLog() {
    return Map.of();
  }

  /**
   * Lets an application server unload the framework.
   *
   * @return system properties by which the framework, when it is loaded, keeps nothing in the JVM's
   *     hooks and threads that would outlive it
   */
  default Map<String, String> forUnloading() {
    return Map.of();
  }

  /** {@return what the framework puts into the message for an argument whose toString() throws} */
  String failedToString();

  /**
   * What the framework makes of a variable in its XML that is not defined.
   *
   * @param name of the variable, which stands in the XML in a dollar sign's braces
   * @return the text that Howdah gets in its place
   */
  String undefined(String name);
}
