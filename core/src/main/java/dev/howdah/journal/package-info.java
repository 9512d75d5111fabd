/**
 * Where batches wait for the writer. A bounded queue in memory for now; the on-disk journal takes
 * its place behind the same methods.
 *
 * <p>Called by the encoder's and the writer's threads; may call {@code dev.howdah.batch} only.
 */
@NullMarked
package dev.howdah.journal;

import org.jspecify.annotations.NullMarked;
