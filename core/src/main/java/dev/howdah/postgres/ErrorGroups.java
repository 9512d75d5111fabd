package dev.howdah.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a team decides about errors of one service and environment. Thread-safe. */
public final class ErrorGroups {

  /** No such error, no next release, a wrong parameter. */
  private static final Set<String> WRONG_INPUT = Set.of("HW002", "HW003", "22023");

  private final Database database;
  private final String schema;
  private final String service;
  private final @Nullable String environment;

  /**
   * @param database where they are
   * @param schema its schema, unquoted
   * @param service whose errors
   * @param environment of which environment; null: of all
   */
  public ErrorGroups(
      Database database, String schema, String service, @Nullable String environment) {
    this.database = database;
    this.schema = SqlNames.quoted(schema);
    this.service = service;
    this.environment = environment;
  }

  /**
   * Calls one of the schema's functions that change groups.
   *
   * @param function its name, such as {@code resolve_error}
   * @param fingerprint of which errors
   * @param parameter the name of one more parameter; null for none
   * @param value its value
   * @return how many groups were changed
   * @throws IllegalArgumentException when there is no such error, or the value is wrong
   * @throws SQLException when the database is away, or refuses
   */
  public int change(
      String function, String fingerprint, @Nullable String parameter, @Nullable Object value)
      throws SQLException {
    String sql =
        "SELECT %s.%s(p_fingerprint => ?, p_service => ?, p_environment => ?%s)"
            .formatted(schema, function, parameter == null ? "" : ", " + parameter + " => ?");
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      connection.setAutoCommit(true);
      statement.setString(1, fingerprint);
      statement.setString(2, service);
      statement.setString(3, environment);
      if (parameter != null) {
        statement.setObject(4, value);
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    } catch (SQLException e) {
      if (WRONG_INPUT.contains(String.valueOf(e.getSQLState()))) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** The figures of {@code error_stats}, in its order. */
  public long[] stats() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM " + schema + ".error_stats()")) {
      connection.setAutoCommit(true);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        long[] figures = new long[result.getMetaData().getColumnCount()];
        for (int i = 0; i < figures.length; i++) {
          figures[i] = result.getLong(i + 1);
        }
        return figures;
      }
    }
  }
}
