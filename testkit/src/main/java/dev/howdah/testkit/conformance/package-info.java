/**
 * What every appender of Howdah's must do, whatever its logging framework: one suite a theme, run
 * by each appender's module through a {@link dev.howdah.testkit.conformance.Driver} of its own.
 * Knows neither a framework nor Howdah's core.
 */
@NullMarked
package dev.howdah.testkit.conformance;

import org.jspecify.annotations.NullMarked;
