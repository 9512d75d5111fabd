/**
 * From the application's threads to closed batches: ring buffer, overload policy, encoder thread.
 *
 * <p>Called by appenders; may call {@code event}, {@code encode}, {@code batch} and {@code
 * journal}.
 */
@NullMarked
package dev.howdah.pipeline;

import org.jspecify.annotations.NullMarked;
