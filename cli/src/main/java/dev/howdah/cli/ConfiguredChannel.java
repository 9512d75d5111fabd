package dev.howdah.cli;

import dev.howdah.ChannelConfig;
import dev.howdah.notify.Trial;
import org.jspecify.annotations.Nullable;

/**
 * A channel, and the application that has it.
 *
 * @param config its settings
 * @param service name of the application; null: not said
 * @param environment where it runs; null: not said
 */
record ConfiguredChannel(
    ChannelConfig config, @Nullable String service, @Nullable String environment) {

  /** The message that tries it. */
  Trial trial() {
    return new Trial(service == null ? "application" : service, environment);
  }
}
