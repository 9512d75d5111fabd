package dev.howdah.notify;

/**
 * A notifier with its name and rules. Instances of one service and environment that configure a
 * channel of the same name share it: each message is sent by one of them.
 *
 * @param name such as {@code slack}, unique in the application
 * @param notifier what sends
 * @param rules which errors, and how often
 */
public record NotificationChannel(String name, Notifier notifier, NotificationRules rules) {}
