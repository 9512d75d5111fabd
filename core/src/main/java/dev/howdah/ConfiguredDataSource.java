package dev.howdah;

import com.zaxxer.hikari.HikariConfig;
import dev.howdah.postgres.OwnPool;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The source of connections that the settings ask for: the application's own, or a small pool that
 * is opened when it is asked for.
 *
 * @param config the settings
 */
record ConfiguredDataSource(HowdahConfig config) implements Supplier<DataSource> {

  @Override
  public DataSource get() {
    DataSource given = config.dataSource();
    if (given != null) {
      return given;
    }
    HikariConfig hikari = new HikariConfig();
    HikariConfig tuned = config.hikari();
    if (tuned != null) {
      tuned.copyStateTo(hikari);
    }
    if (config.url() != null) {
      hikari.setJdbcUrl(config.url());
    }
    if (config.username() != null) {
      hikari.setUsername(config.username());
    }
    if (config.password() != null) {
      hikari.setPassword(config.password());
    }
    String url = hikari.getJdbcUrl();
    return OwnPool.open(
        hikari,
        url == null ? "none" : Setting.URL.shown(url),
        config.connectionTimeout().toMillis(),
        config.socketTimeout().toMillis());
  }
}
