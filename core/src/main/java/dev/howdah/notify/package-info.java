/**
 * How people are told of errors: {@link dev.howdah.notify.Notifier} is what a channel sends by, to
 * be implemented for others than those here; {@link dev.howdah.notify.NotificationRules} says of
 * what, and how often.
 */
@NullMarked
package dev.howdah.notify;

import org.jspecify.annotations.NullMarked;
