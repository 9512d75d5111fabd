/** A real PostgreSQL for tests and demos, and a proxy that breaks connections to it. */
@NullMarked
package dev.howdah.testkit;

import org.jspecify.annotations.NullMarked;
