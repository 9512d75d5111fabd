/**
 * The public face: the configuration, and starting and stopping Howdah.
 *
 * <p>Called by the appenders and by applications. May call every package below it.
 */
@NullMarked
package dev.howdah;

import org.jspecify.annotations.NullMarked;
