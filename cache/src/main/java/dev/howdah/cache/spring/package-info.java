/**
 * Spring's caching annotations on a {@link dev.howdah.cache.PostgresCache}. The one package that
 * needs Spring; applications make a {@link dev.howdah.cache.spring.PostgresCacheManager} a bean.
 */
@NullMarked
package dev.howdah.cache.spring;

import org.jspecify.annotations.NullMarked;
