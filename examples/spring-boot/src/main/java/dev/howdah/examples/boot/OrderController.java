package dev.howdah.examples.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The shop's HTTP face. */
@RestController
final class OrderController {

  private static final Logger LOG = LoggerFactory.getLogger(OrderController.class);

  private final Orders orders;

  OrderController(Orders orders) {
    this.orders = orders;
  }

  @PostMapping("/orders")
  @ResponseStatus(HttpStatus.CREATED)
  Order place(@RequestParam String product) {
    return orders.place(product);
  }

  @PostMapping("/orders/{number}/payment")
  void pay(@PathVariable int number) {
    orders.pay(number);
  }

  // Here the filter's MDC still stands; what Tomcat logs of an exception comes after it.
  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_GATEWAY)
  void failed(PaymentFailedException e) {
    LOG.error("payment failed", e);
  }
}
