@NullMarked
package dev.howdah.cache.spring;

import org.jspecify.annotations.NullMarked;
