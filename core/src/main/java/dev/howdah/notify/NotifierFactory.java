package dev.howdah.notify;

import java.util.Map;

/**
 * Makes notifiers of one kind from settings in {@code logback.xml} or {@code log4j2.xml}: {@code
 * <channel><kind>teams</kind>…}, {@code <Channel kind="teams">}. Implementations are found by
 * {@link java.util.ServiceLoader}, in the class loader of Howdah and in the context class loader of
 * the thread that starts it.
 */
public interface NotifierFactory {

  /**
   * What it makes, such as {@code teams}.
   *
   * @return lower-case letters, digits and hyphens; not one of email, slack, webhook, pagerduty
   */
  String kind();

  /**
   * Makes a notifier; connects to nothing.
   *
   * @param settings by name, those that belong to every channel left out; no variable in them is
   *     unresolved
   * @return the notifier
   * @throws IllegalArgumentException naming the setting, its value unless that is a secret, and
   *     what would be right
   */
  Notifier create(Map<String, String> settings);
}
