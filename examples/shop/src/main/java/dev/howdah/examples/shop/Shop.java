package dev.howdah.examples.shop;

import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What customers can ask the shop for. Thread-safe. */
public final class Shop {

  private static final Logger LOG = LoggerFactory.getLogger(Shop.class);

  private final Orders orders;

  Shop(Orders orders) {
    this.orders = orders;
  }

  /**
   * Does what a request asks for.
   *
   * @param path what is asked for, such as {@code /order}
   * @param query the names and values behind the path
   * @return whether there is such a path
   * @throws NumberFormatException when a number in the query is none
   * @throws SQLException when the database refuses
   */
  public boolean serve(String path, Map<String, String> query) throws SQLException {
    int customer = Integer.parseInt(query.getOrDefault("customer", ""));
    switch (path) {
      case "/order" ->
          orders.place(
              customer,
              query.getOrDefault("ref", ""),
              Integer.parseInt(query.getOrDefault("product", "1")));
      case "/report" -> orders.report();
      case "/label" -> LOG.debug("label {}", orders.label(customer));
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * Tells a query that took too long from one that is wrong.
   *
   * @param e what {@link #serve} threw
   * @return whether the database gave up for lack of time
   */
  public static boolean isTimeout(SQLException e) {
    return "57014".equals(e.getSQLState());
  }
}
