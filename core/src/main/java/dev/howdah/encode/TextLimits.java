package dev.howdah.encode;

/**
 * The longest texts that are stored; what is longer is cut with a visible mark, and counted.
 *
 * @param message of a message, in characters
 * @param context of an event's context, in bytes of JSON
 * @param stackTrace of a stack trace, in characters
 */
public record TextLimits(int message, int context, int stackTrace) {}
