/**
 * Where batches wait for the writer: a bounded queue in memory, and the segments of the journal on
 * disk.
 *
 * <p>Called by the encoder's and the writer's threads; may call {@code dev.howdah.batch} and {@code
 * dev.howdah.event} only.
 */
@NullMarked
package dev.howdah.journal;

import org.jspecify.annotations.NullMarked;
