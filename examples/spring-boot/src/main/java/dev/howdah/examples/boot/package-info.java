/** A small shop as a Spring Boot application, whose log goes into PostgreSQL. */
@NullMarked
package dev.howdah.examples.boot;

import org.jspecify.annotations.NullMarked;
