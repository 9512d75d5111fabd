package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * No cache: a statement that does nothing, by the same pool and driver. What no operation can beat.
 */
final class RoundTripPeer extends PostgresPeer {

  /** Its name in the table. */
  static final String LABEL = "SELECT 1";

  RoundTripPeer(TestDatabase database, int threads) {
    super(LABEL, database, threads);
  }

  @Override
  public String get(String key) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT 1");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return CacheOperation.VALUE;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void set(String key, String value) {
    get(key);
  }

  @Override
  public void setAll(Map<String, String> values) {
    // It keeps nothing.
  }

  @Override
  public List<String> getAll(List<String> keys) {
    return List.of(get(""));
  }

  @Override
  public void delete(String key) {
    get(key);
  }

  @Override
  public void increment(String key) {
    get(key);
  }
}
