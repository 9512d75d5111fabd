package dev.howdah.examples.boot;

/** An order that was placed. */
record Order(int number, String product) {}
