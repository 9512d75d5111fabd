package dev.howdah.cache;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * The cache could not do what it was asked. Either the database is away ({@link
 * #isDatabaseAway()}), and the same call may succeed later, or the call does not fit the entry or
 * the schema. Values are never in the message; keys are.
 */
public class CacheException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean databaseAway;

  CacheException(String message, @Nullable Throwable cause) {
    super(message, cause);
    databaseAway = cause instanceof SQLException e && saysAway(e);
  }

  /**
   * Whether the database could not be reached, broke off, or takes no connections at the moment.
   *
   * @return false when the call itself is at fault
   */
  public boolean isDatabaseAway() {
    return databaseAway;
  }

  /**
   * Classes 08 (connection), 53 (out of resources, such as connections) and 58 (system), and 57P0x:
   * it shuts down, starts, or was killed. Pools say by a type that they have no connection.
   */
  private static boolean saysAway(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("58")
        || state.startsWith("57P0")
        || e instanceof SQLTransientConnectionException
        || e instanceof SQLRecoverableException;
  }
}
