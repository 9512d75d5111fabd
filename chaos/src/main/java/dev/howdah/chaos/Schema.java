package dev.howdah.chaos;

import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Howdah's tables, there before the scenario begins: on a busy machine the first instance may take
 * longer to make them than a scenario waits for a batch, or than a victim lives.
 */
final class Schema {

  private Schema() {}

  /** Installs them; returns the database. */
  static TestDatabase installedIn(TestDatabase database) {
    try (Connection connection = database.connect()) {
      new Migrator("monitoring").migrate(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("no schema in " + database.url(), e);
    }
    return database;
  }
}
