package dev.howdah.examples.shop.logback;

import dev.howdah.examples.shop.RequestHandler;
import dev.howdah.examples.shop.Shop;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Each request is logged once, each failure with its exception. What is in the MDC belongs to every
 * event meanwhile; a key-value belongs to one event, and a number stays a number.
 */
final class Requests implements RequestHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final Shop shop;

  Requests(Shop shop) {
    this.shop = shop;
  }

  @Override
  public int answer(String path, Map<String, String> query) {
    long start = System.nanoTime();
    MDC.put("request_id", UUID.randomUUID().toString());
    MDC.put("user_id", query.getOrDefault("customer", "nobody"));
    try {
      int status = serve(path, query);
      double millis = (System.nanoTime() - start) / 1e6;
      LOG.atInfo()
          .addKeyValue("path", path)
          .addKeyValue("status", status)
          .addKeyValue("duration_ms", Math.round(millis * 1000) / 1000.0)
          .log("request completed: {} {}", status, path);
      return status;
    } finally {
      MDC.clear();
    }
  }

  private int serve(String path, Map<String, String> query) {
    try {
      if (!shop.serve(path, query)) {
        LOG.warn("nothing at {}", path);
        return 404;
      }
      return 200;
    } catch (NumberFormatException e) {
      LOG.error("bad input in {}", query, e);
      return 400;
    } catch (SQLException e) {
      LOG.atError()
          .addKeyValue("sql_state", e.getSQLState())
          .setCause(e)
          .log("{} failed for customer {}", path, query.get("customer"));
      return Shop.isTimeout(e) ? 504 : 409;
    } catch (RuntimeException e) {
      LOG.error("{} failed unexpectedly", path, e);
      return 500;
    }
  }
}
