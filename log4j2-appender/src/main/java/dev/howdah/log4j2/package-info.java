/**
 * Howdah for Log4j2: copies a {@code LogEvent} into a slot of the ring, and nothing more. Log4j2
 * finds the element {@code <Postgres>} by itself.
 */
@NullMarked
package dev.howdah.log4j2;

import org.jspecify.annotations.NullMarked;
