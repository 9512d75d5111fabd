package dev.howdah;

import dev.howdah.notify.NotifierFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The makers of channels that Howdah does not bring, as {@link ServiceLoader} finds them: beside
 * Howdah, and where the application's thread loads its classes, which differs in a server that has
 * Howdah for all applications.
 */
final class NotifierFactories {

  private NotifierFactories() {}

  /**
   * All there are, by kind in lower case.
   *
   * @throws java.util.ServiceConfigurationError when one can't be made; the message names it
   */
  static Map<String, NotifierFactory> byKind() {
    ClassLoader own = NotifierFactory.class.getClassLoader();
    ClassLoader ofTheThread = Thread.currentThread().getContextClassLoader();
    Map<String, NotifierFactory> found = new LinkedHashMap<>();
    for (ClassLoader loader : Arrays.asList(own, ofTheThread)) {
      for (NotifierFactory factory : ServiceLoader.load(NotifierFactory.class, loader)) {
        found.putIfAbsent(NotifierKinds.lowerCase(factory.kind()), factory);
      }
    }
    return found;
  }
}
