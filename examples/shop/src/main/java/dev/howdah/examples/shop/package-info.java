/** A small shop that logs into PostgreSQL, and a demo that loads it and looks at the result. */
@NullMarked
package dev.howdah.examples.shop;

import org.jspecify.annotations.NullMarked;
