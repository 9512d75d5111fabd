/**
 * Runs every snippet of README, CONTRIBUTING and docs/, each kind by a class of its own. They have
 * a module of their own since it takes both appenders. SLF4J is bound to Logback here.
 */
@NullMarked
package dev.howdah.documentation;

import org.jspecify.annotations.NullMarked;
