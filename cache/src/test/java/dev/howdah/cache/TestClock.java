package dev.howdah.cache;

import dev.howdah.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;

/** Stops the clock of a database's cache, and moves it on. */
final class TestClock {

  private final TestDatabase database;
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  /** The cache must have been opened before. */
  TestClock(TestDatabase database) {
    this.database = database;
    show();
  }

  void advance(Duration duration) {
    now = now.plus(duration);
    show();
  }

  /** Lets the clock of a database's cache be the server's again. */
  static void release(TestDatabase database) {
    show(database, "pg_catalog.clock_timestamp()");
  }

  private void show() {
    // A constant, which the planner inlines as it does the real clock's function.
    show(database, "'" + now + "'::timestamptz");
  }

  private static void show(TestDatabase database, String expression) {
    database.execute(
        "CREATE OR REPLACE FUNCTION howdah_cache.cache_now() RETURNS timestamptz"
            + " LANGUAGE sql VOLATILE AS $$ SELECT "
            + expression
            + " $$");
  }
}
