package dev.howdah.cli;

import dev.howdah.postgres.Migrator;
import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands on a database.
 *
 * @param db where
 */
record Terminal(TestDatabase db) {

  /** The same on a new schema without a row in it. */
  static Terminal onNewSchema(TestDatabase db) throws SQLException {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    try (Connection connection = db.connect()) {
      new Migrator("monitoring").migrate(connection);
    }
    return new Terminal(db);
  }

  /** Runs a command, with the options by which it finds the database. */
  Ran howdah(String... words) {
    return Ran.howdah(words(words).toArray());
  }

  /** The lines of a command that must do well. */
  List<String> lines(String... words) {
    return succeeding(words).out().lines().toList();
  }

  /** Runs a command that must do well. */
  Ran succeeding(String... words) {
    Ran ran = howdah(words);
    if (ran.exitCode() != 0 || !ran.err().isEmpty()) {
      throw new AssertionError(ran.toString());
    }
    return ran;
  }

  /** A command's words, with those options. */
  List<String> words(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", db.url(), "--username", db.username()));
    all.add("--password=" + db.password());
    return all;
  }
}
