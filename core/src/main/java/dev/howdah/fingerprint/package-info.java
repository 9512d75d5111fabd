/**
 * Tells which errors are the same one: a throwable, live or read from text, becomes a fingerprint,
 * a title and a culprit, with the reasons.
 *
 * <p>Pure functions that the error tracker and the command line call. Knows only {@code event}.
 */
@NullMarked
package dev.howdah.fingerprint;

import org.jspecify.annotations.NullMarked;
