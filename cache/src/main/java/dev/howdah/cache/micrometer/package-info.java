/**
 * The counts of a {@link dev.howdah.cache.PostgresCache} as Micrometer's meters. The one package
 * that needs Micrometer; applications bind a {@link
 * dev.howdah.cache.micrometer.PostgresCacheMetrics} to their registry.
 */
@NullMarked
package dev.howdah.cache.micrometer;

import org.jspecify.annotations.NullMarked;
