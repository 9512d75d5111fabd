package dev.howdah.cache;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.howdah.testkit.TestDatabase;

/** The pool that an application would have. */
final class TestPool {

  private TestPool() {}

  static HikariDataSource of(TestDatabase database) {
    return of(database.url(), database.username(), database.password());
  }

  static HikariDataSource of(String url, String username, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(username);
    config.setPassword(password);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(2_000);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
