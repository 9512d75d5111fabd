package dev.howdah.cli;

import dev.howdah.HowdahConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a database that has Howdah's schema. SQL is written as for the schema {@code
 * monitoring}, so that it can be tried in psql; here the name is that of the options. For one
 * thread; to be closed.
 */
final class Monitoring implements AutoCloseable {

  private static final String SCHEMA = "monitoring.";
  private static final int ROWS_AT_ONCE = 1000;

  private final Connection connection;
  private final String schema;

  private Monitoring(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  static Monitoring open(HowdahConfig config) throws SQLException {
    Properties driver = new Properties();
    if (config.username() != null) {
      driver.put("user", config.username());
    }
    if (config.password() != null) {
      driver.put("password", config.password());
    }
    driver.put("ApplicationName", "howdah command");
    driver.put("connectTimeout", Long.toString(config.connectionTimeout().toSeconds()));
    driver.put("tcpKeepAlive", "true");
    // PgBouncer in transaction mode: no statement may outlive its transaction on the server.
    driver.put("prepareThreshold", "0");
    try {
      return new Monitoring(
          DriverManager.getConnection(Objects.requireNonNull(config.url()), driver),
          config.schema());
    } catch (SQLException e) {
      throw new SQLException(
          "can't connect to " + config.shownUrl() + ": " + Complaint.of(e), e.getSQLState(), e);
    }
  }

  Connection connection() {
    return connection;
  }

  /** Name of the schema, unquoted. */
  String schema() {
    return schema;
  }

  /**
   * Runs a query, or a function that changes something.
   *
   * @param sql with a question mark for each value
   * @param values an Instant is a timestamptz, a list of Long a bigint[], any other a text[]
   */
  List<Row> query(String sql, @Nullable Object... values) throws SQLException {
    List<Row> rows = new ArrayList<>();
    each(rows::add, sql, values);
    return rows;
  }

  /** The same for a result of any length: within a transaction it is never in memory as a whole. */
  void each(Consumer<Row> rows, String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.accept(Row.of(result));
      }
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    String quoted = '"' + schema.replace("\"", "\"\"") + "\".";
    PreparedStatement statement = connection.prepareStatement(sql.replace(SCHEMA, quoted));
    statement.setFetchSize(ROWS_AT_ONCE);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, sqlValue(values[i]));
    }
    return statement;
  }

  private @Nullable Object sqlValue(@Nullable Object value) throws SQLException {
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof List<?> list) {
      boolean isOfNumbers = list.isEmpty() || list.get(0) instanceof Long;
      return connection.createArrayOf(isOfNumbers ? "bigint" : "text", texts(list));
    }
    return value;
  }

  private static String[] texts(List<?> list) {
    return list.stream().map(Object::toString).toArray(String[]::new);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
