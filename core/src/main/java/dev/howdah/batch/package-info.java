/**
 * Bytes on their way: what the encoder fills and the writer sends.
 *
 * <p>May call {@code dev.howdah.event} only.
 */
@NullMarked
package dev.howdah.batch;

import org.jspecify.annotations.NullMarked;
