/** The shop's demo on Logback. */
@NullMarked
package dev.howdah.examples.shop.logback;

import org.jspecify.annotations.NullMarked;
