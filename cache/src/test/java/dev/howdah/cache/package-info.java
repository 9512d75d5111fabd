@NullMarked
package dev.howdah.cache;

import org.jspecify.annotations.NullMarked;
