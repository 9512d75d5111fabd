package dev.howdah.notify;

import java.util.regex.Pattern;

/**
 * A notifier with its name and rules. Instances of one service and environment that configure a
 * channel of the same name share it: each message is sent by one of them.
 *
 * @param name such as {@code slack}, unique in the application: 1 to 40 of a-z, 0-9 and hyphens
 * @param notifier what sends
 * @param rules which errors, and how often
 */
public record NotificationChannel(String name, Notifier notifier, NotificationRules rules) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public NotificationChannel {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "setting 'name' has the value '"
              + name
              + "': it must be 1 to 40 of a-z, 0-9 and hyphens");
    }
  }

  /**
   * A channel with the rules that hold where nothing is configured, called after its kind.
   *
   * @param notifier what sends
   * @return the channel
   * @throws IllegalArgumentException when the kind can't be a name
   */
  public static NotificationChannel of(Notifier notifier) {
    return new NotificationChannel(notifier.kind(), notifier, NotificationRules.DEFAULT);
  }
}
