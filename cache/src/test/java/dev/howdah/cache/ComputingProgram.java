package dev.howdah.cache;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** An instance that wants the same keys as the others, and notes in a table which it computed. */
final class ComputingProgram {

  private ComputingProgram() {}

  public static void main(String[] args) throws SQLException {
    int keys = Integer.parseInt(args[3]);
    try (HikariDataSource pool = TestPool.of(args[0], args[1], args[2]);
        PostgresCache cache = PostgresCache.open(pool)) {
      awaitTheOther(cache);
      int seen = 0;
      for (int i = 0; i < keys; i++) {
        String key = "raced:" + i;
        String value =
            cache.getOrCompute(key, String.class, Duration.ofHours(1), () -> compute(pool, key));
        seen += key.equals(value) ? 1 : 0;
      }
      System.out.println("saw " + seen + " keys");
    }
  }

  private static void awaitTheOther(PostgresCache cache) {
    cache.increment("started");
    while (cache.increment("started", 0, PostgresCache.FOREVER) < 2) {
      Thread.onSpinWait();
    }
  }

  private static String compute(HikariDataSource pool, String key) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO computed SELECT ? FROM pg_sleep(0.005)")) {
      insert.setString(1, key);
      insert.executeUpdate();
    }
    return key;
  }
}
