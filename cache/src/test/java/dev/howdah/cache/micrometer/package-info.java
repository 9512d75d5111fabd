@NullMarked
package dev.howdah.cache.micrometer;

import org.jspecify.annotations.NullMarked;
