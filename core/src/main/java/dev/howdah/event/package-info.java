/**
 * What an event is before it is bytes: the ring's reusable slot and the values in it.
 *
 * <p>Appenders fill slots; the encoder reads them. Knows no other package of Howdah.
 */
@NullMarked
package dev.howdah.event;

import org.jspecify.annotations.NullMarked;
