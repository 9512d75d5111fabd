/** The command {@code howdah}. A new command is a class, and its name in the one above it. */
@NullMarked
package dev.howdah.cli;

import org.jspecify.annotations.NullMarked;
