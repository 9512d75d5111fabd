/**
 * Howdah beside its peers, each comparison in one run: started by {@code bin/bench}.
 *
 * <p>Called by nobody; calls the appenders and core as an application would.
 */
@NullMarked
package dev.howdah.benchmarks;

import org.jspecify.annotations.NullMarked;
