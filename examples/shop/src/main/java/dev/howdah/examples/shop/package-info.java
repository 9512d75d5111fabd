/**
 * A small shop that logs into PostgreSQL, and a demo that loads it and looks at the result. It
 * knows no appender: the packages {@code logback} and {@code log4j2} beside it start the demo, each
 * on its logging framework.
 */
@NullMarked
package dev.howdah.examples.shop;

import org.jspecify.annotations.NullMarked;
