package dev.howdah.notify;

import org.jspecify.annotations.Nullable;

/**
 * Somebody tries the channel: there is no error.
 *
 * @param service name of the application
 * @param environment where it runs; null: not said
 */
public record Trial(String service, @Nullable String environment) implements Subject {}
