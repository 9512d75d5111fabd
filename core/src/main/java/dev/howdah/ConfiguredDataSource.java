package dev.howdah;

import com.zaxxer.hikari.HikariConfig;
import dev.howdah.postgres.OwnPool;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The source of connections that the settings ask for: the application's own, or a small pool that
 * is opened when it is asked for, and when logging is ready for what the pool logs itself.
 *
 * @param config the settings
 * @param ready whether the logging framework has started
 */
record ConfiguredDataSource(HowdahConfig config, BooleanSupplier ready)
    implements Supplier<DataSource> {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 5;

  @Override
  public DataSource get() {
    DataSource given = config.dataSource();
    if (given != null) {
      return given;
    }
    awaitLogging();
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

  /** For a while: a framework that hangs must not keep events from the database. */
  private void awaitLogging() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    try {
      while (!ready.getAsBoolean() && System.nanoTime() < end) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
