package dev.howdah.documentation;

import dev.howdah.cache.PostgresCache;
import dev.howdah.testkit.TestDatabase;
import java.util.Map;

/** A cache in which the documented questions have an answer, and the table that it caches. */
final class FilledCache {

  private final TestDatabase db;

  FilledCache(TestDatabase db) {
    this.db = db;
  }

  void fill() {
    db.execute("CREATE TABLE users (id int, name text)");
    try (PostgresCache cache = PostgresCache.open(db.dataSource())) {
      cache.setMany(Map.of("user:1", "Ada", "user:2", "Alan"));
    }
  }
}
