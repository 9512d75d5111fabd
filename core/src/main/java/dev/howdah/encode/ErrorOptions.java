package dev.howdah.encode;

import dev.howdah.event.Level;
import dev.howdah.fingerprint.Fingerprinter;
import org.jspecify.annotations.Nullable;

/**
 * Which events are errors, and what becomes of them.
 *
 * @param fingerprinter tells which are the same
 * @param service groups are of one service
 * @param environment and of one environment, or null
 * @param level the least severe level of an error
 * @param perSecond rows that one bug gets in a second before it is sampled
 */
public record ErrorOptions(
    Fingerprinter fingerprinter,
    String service,
    @Nullable String environment,
    Level level,
    int perSecond) {}
