/**
 * Howdah for Logback: copies an {@code ILoggingEvent} into a slot of the ring, and nothing more.
 */
@NullMarked
package dev.howdah.logback;

import org.jspecify.annotations.NullMarked;
