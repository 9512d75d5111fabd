/**
 * A cache in PostgreSQL, shared by all instances of an application. {@link
 * dev.howdah.cache.PostgresCache} is the way in; nothing here knows of logging.
 */
@NullMarked
package dev.howdah.cache;

import org.jspecify.annotations.NullMarked;
