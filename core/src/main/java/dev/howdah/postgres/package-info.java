/**
 * Everything that talks to PostgreSQL: schema, batches, maintenance.
 *
 * <p>The last stop of the data's way; may call {@code event}, {@code encode}, {@code batch} and
 * {@code journal}.
 */
@NullMarked
package dev.howdah.postgres;

import org.jspecify.annotations.NullMarked;
