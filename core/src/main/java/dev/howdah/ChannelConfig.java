package dev.howdah;

import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.Notifier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A notification channel as a configuration file has it: nothing of it is checked until {@link
 * #create()}. Its {@code toString()} shows no value, since some are secrets.
 *
 * @param kind email, slack, webhook, pagerduty, or what a {@link dev.howdah.notify.NotifierFactory}
 *     makes; in any case
 * @param settings texts by name, as in {@link ChannelSetting}; of another kind also its own
 */
public record ChannelConfig(String kind, Map<String, String> settings) {

  /** Copies the settings; their order stays. */
  public ChannelConfig {
    kind = kind.strip();
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** What {@code name} says, else the kind in lower case. */
  public String name() {
    String name = settings.getOrDefault(ChannelSetting.NAME.settingName(), "").strip();
    return name.isEmpty() ? NotifierKinds.lowerCase(kind) : name;
  }

  /**
   * Makes the channel; connects to nothing.
   *
   * @return the channel, with a notifier of its own
   * @throws IllegalArgumentException naming the channel, the setting, its value unless that is a
   *     secret, and what would be right
   */
  public NotificationChannel create() {
    try {
      ChannelValues values = ChannelValues.read(NotifierKinds.lowerCase(kind), settings);
      NotificationRules rules = ChannelRules.of(values);
      Notifier notifier = NotifierKinds.create(kind, values);
      return new NotificationChannel(name(), notifier, rules);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("channel '" + name() + "': " + e.getMessage(), e);
    }
  }

  /** Kind and names of settings. */
  @Override
  public String toString() {
    return "ChannelConfig[" + kind + " " + settings.keySet() + "]";
  }
}
