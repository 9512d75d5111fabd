/** Tests of the jars as they are packaged: what only goes wrong outside a folder of classes. */
@NullMarked
package dev.howdah.jars;

import org.jspecify.annotations.NullMarked;
