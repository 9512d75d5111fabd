package dev.howdah.examples.shop.log4j2;

import dev.howdah.examples.shop.RequestHandler;
import dev.howdah.examples.shop.Shop;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;

/**
 * Each request is logged once, each failure with its exception. What is in the ThreadContext
 * belongs to every event meanwhile, and is text; a value in a message belongs to one event, and a
 * number stays a number.
 *
 * <p>The rest of the shop logs by SLF4J, and log4j-slf4j2-impl hands it to Log4j2. It puts SLF4J's
 * key-values into the ThreadContext for the length of the call, so they become text: with Logback,
 * {@code addKeyValue("status", 200)} would arrive as a number.
 */
final class Requests implements RequestHandler {

  private static final Logger LOG = LogManager.getLogger(Requests.class);

  private final Shop shop;

  Requests(Shop shop) {
    this.shop = shop;
  }

  @Override
  public int answer(String path, Map<String, String> query) {
    long start = System.nanoTime();
    ThreadContext.put("request_id", UUID.randomUUID().toString());
    ThreadContext.put("user_id", query.getOrDefault("customer", "nobody"));
    try {
      int status = serve(path, query);
      double millis = (System.nanoTime() - start) / 1e6;
      LOG.info(
          new KeyValueMessage("request completed: {} {}", status, path)
              .with("path", path)
              .with("status", status)
              .with("duration_ms", Math.round(millis * 1000) / 1000.0));
      return status;
    } finally {
      ThreadContext.clearMap();
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
      LOG.error(
          new KeyValueMessage("{} failed for customer {}", path, query.get("customer"))
              .with("sql_state", String.valueOf(e.getSQLState())),
          e);
      return Shop.isTimeout(e) ? 504 : 409;
    } catch (RuntimeException e) {
      LOG.error("{} failed unexpectedly", path, e);
      return 500;
    }
  }
}
