/**
 * Sends what the database's outbox has for the channels of this instance: claims it under a lease,
 * hands it to a notifier outside any transaction, and says what became of it.
 */
@NullMarked
package dev.howdah.outbox;

import org.jspecify.annotations.NullMarked;
