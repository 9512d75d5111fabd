/** The shop's demo on Log4j2. */
@NullMarked
package dev.howdah.examples.shop.log4j2;

import org.jspecify.annotations.NullMarked;
