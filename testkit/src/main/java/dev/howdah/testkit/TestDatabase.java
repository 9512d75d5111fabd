package dev.howdah.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, empty database on the shared server.
 *
 * @param host host of the server
 * @param port port of the server
 * @param name name of the database
 * @param username a superuser
 * @param password the superuser's password
 * @param parameters of the URL, such as {@code sslmode=require}, with {@code &} between; may be
 *     empty
 */
public record TestDatabase(
    String host, int port, String name, String username, String password, String parameters) {

  /**
   * A database whose URL needs no parameters.
   *
   * @param host host of the server
   * @param port port of the server
   * @param name name of the database
   * @param username a superuser
   * @param password the superuser's password
   */
  public TestDatabase(String host, int port, String name, String username, String password) {
    this(host, port, name, username, password, "");
  }

  /** {@return a name for a schema that no other test has} */
  public static String newSchemaName() {
    return "s" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
  }

  /** {@return the JDBC URL} */
  public String url() {
    String url = "jdbc:postgresql://" + host + ":" + port + "/" + name;
    return parameters.isEmpty() ? url : url + "?" + parameters;
  }

  /**
   * Opens a connection; the caller closes it.
   *
   * @return a connection as the superuser
   * @throws SQLException when the server is away
   */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), username, password);
  }

  /** {@return a DataSource without a pool} */
  public PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url());
    source.setUser(username);
    source.setPassword(password);
    return source;
  }

  /**
   * Runs statements.
   *
   * @param sql one or more statements
   */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /**
   * Runs a query.
   *
   * @param sql a query
   * @return its rows, each a list of the columns' values as text
   */
  public List<List<@Nullable String>> query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /**
   * Runs a query of one row and one column.
   *
   * @param sql a query
   * @return the value as text
   */
  public @Nullable String value(String sql) {
    return query(sql).get(0).get(0);
  }

  /**
   * Runs a query that counts.
   *
   * @param sql a query of one number
   * @return the number
   */
  public long count(String sql) {
    String value = value(sql);
    return value == null ? 0 : Long.parseLong(value);
  }
}
