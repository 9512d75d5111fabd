/**
 * A real PostgreSQL for tests and demos, a proxy that breaks connections to it, and a web server
 * that records what it is sent.
 */
@NullMarked
package dev.howdah.testkit;

import org.jspecify.annotations.NullMarked;
