package dev.howdah.postgres;

import java.sql.SQLException;

/** A migration that was installed is not the one on the class path: nothing has been changed. */
public final class SchemaChangedException extends SQLException {
  private static final long serialVersionUID = 1L;

  SchemaChangedException(String schema, String file, String recorded, String found) {
    super(
        ("migration %s was installed in schema %s with checksum %s, but the class path has it with"
                + " %s: use the Howdah version that installed it, or restore the file;"
                + " put a change into a new migration")
            .formatted(file, schema, recorded, found));
  }
}
