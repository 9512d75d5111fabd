/**
 * Tries to make Howdah lose or double an event: started by {@code bin/chaos}.
 *
 * <p>Called by nobody; calls core as an appender would. A scenario is a class that implements
 * {@code Scenario}, and a line in {@code Chaos}.
 */
@NullMarked
package dev.howdah.chaos;

import org.jspecify.annotations.NullMarked;
