package dev.howdah.examples.boot;

import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Takes orders; their payment always fails, so that the log has an error to show. */
@Service
final class Orders {

  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  private final AtomicInteger placed = new AtomicInteger();

  Order place(String product) {
    Order order = new Order(placed.incrementAndGet(), product);
    LOG.atInfo().addKeyValue("order", order.number()).log("order of a {} placed", product);
    return order;
  }

  void pay(int number) {
    try {
      callBank();
    } catch (ConnectException e) {
      throw new PaymentFailedException(number, e);
    }
  }

  int placed() {
    return placed.get();
  }

  private static void callBank() throws ConnectException {
    throw new ConnectException("the bank does not answer");
  }
}
