package dev.howdah.cache;

import org.jspecify.annotations.Nullable;

/**
 * An entry as it was read.
 *
 * @param value its value
 * @param isFresh false: it has expired, but may still be shown while a new one is computed
 * @param microsLeft until it expires, {@link Long#MAX_VALUE} when never; null where nobody wanted
 *     to know
 */
record StoredEntry(StoredValue value, boolean isFresh, @Nullable Long microsLeft) {}
