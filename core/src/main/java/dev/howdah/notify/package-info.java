/**
 * Tells people of errors: {@link dev.howdah.notify.Notifier} is what a channel is, to be
 * implemented for others than those here; the rest reads the outbox in the database and sends what
 * is in it.
 */
@NullMarked
package dev.howdah.notify;

import org.jspecify.annotations.NullMarked;
