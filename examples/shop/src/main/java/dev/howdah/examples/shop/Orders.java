package dev.howdah.examples.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shop's tables and what can be done with them. */
final class Orders {

  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
  private static final Map<Integer, String> STREETS = Map.of(1, "Elephant Walk 1", 2, "Main St 2");

  private final DataSource database;

  Orders(DataSource database) {
    this.database = database;
  }

  void createTables() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DROP SCHEMA IF EXISTS howdah_demo_shop CASCADE;
          CREATE SCHEMA howdah_demo_shop;
          CREATE TABLE howdah_demo_shop.products (
            id    int  PRIMARY KEY,
            name  text NOT NULL,
            stock int  NOT NULL CHECK (stock >= 0)
          );
          CREATE TABLE howdah_demo_shop.orders (
            customer_id int  NOT NULL,
            order_ref   text NOT NULL,
            product_id  int  NOT NULL REFERENCES howdah_demo_shop.products,
            UNIQUE (customer_id, order_ref)
          );
          INSERT INTO howdah_demo_shop.products
          SELECT id, 'product ' || id, CASE WHEN id = 13 THEN 3 ELSE 100000 END
          FROM generate_series(1, 20) AS id;
          """);
    }
  }

  void place(int customer, String reference, int product) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      update(
          connection,
          "UPDATE howdah_demo_shop.products SET stock = stock - 1 WHERE id = ?",
          product);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO howdah_demo_shop.orders (customer_id, order_ref, product_id)"
                  + " VALUES (?, ?, ?)")) {
        insert.setInt(1, customer);
        insert.setString(2, reference);
        insert.setInt(3, product);
        insert.executeUpdate();
      }
      connection.commit();
    }
    LOG.atInfo().addKeyValue("order_ref", reference).log("order of product {} placed", product);
  }

  /** A report that takes longer than its time-out allows. */
  void report() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL statement_timeout = '250ms'");
      statement.execute("SELECT pg_sleep(5)");
    }
  }

  /** Knows the streets of two customers only: the others end in a NullPointerException. */
  String label(int customer) {
    return street(customer);
  }

  private static String street(int customer) {
    return upperCase(customer);
  }

  @SuppressWarnings("NullAway") // The bug that the demo shows.
  private static String upperCase(int customer) {
    return STREETS.get(customer).toUpperCase(java.util.Locale.ROOT);
  }

  private static void update(Connection connection, String sql, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, id);
      statement.executeUpdate();
    }
  }
}
