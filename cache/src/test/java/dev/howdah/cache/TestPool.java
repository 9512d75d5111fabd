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
    return new HikariDataSource(config(url, username, password));
  }

  /** One whose connections come with a transaction under way. */
  static HikariDataSource withoutAutoCommit(TestDatabase database) {
    HikariConfig config = config(database.url(), database.username(), database.password());
    config.setAutoCommit(false);
    return new HikariDataSource(config);
  }

  private static HikariConfig config(String url, String username, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(username);
    config.setPassword(password);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(2_000);
    config.setInitializationFailTimeout(-1);
    return config;
  }
}
