/**
 * Slot to bytes: one row of COPY BINARY for each event, and the dictionaries that rows point to.
 *
 * <p>Called by the encoder thread only; may call {@code dev.howdah.event} and {@code
 * dev.howdah.batch}.
 */
@NullMarked
package dev.howdah.encode;

import org.jspecify.annotations.NullMarked;
