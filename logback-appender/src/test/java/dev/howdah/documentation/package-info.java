/**
 * Runs every snippet of README, CONTRIBUTING and docs/, each kind by a class of its own. Here, and
 * not elsewhere, since this module's tests have all that users have.
 */
@NullMarked
package dev.howdah.documentation;

import org.jspecify.annotations.NullMarked;
