package com.example.shop;

import dev.howdah.Howdah;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.message.StringMapMessage;
import org.slf4j.LoggerFactory;

/** Logs one order by each framework, and says in which modules Howdah's classes are. */
public final class Checkout {

  /** An object of the application's own, for the context. */
  public record Order(int id, String customer) {}

  private Checkout() {}

  public static void main(String[] args) {
    LoggerFactory.getLogger(Checkout.class)
        .atWarn()
        .addKeyValue("order", new Order(42, "ann"))
        .log("payment of {} is slow", "ann");
    LogManager.getLogger(Checkout.class)
        .warn(new StringMapMessage(Map.of("message", "payment is slow", "customer", "bob")));

    List.of(
            Howdah.class,
            dev.howdah.logback.PostgresAppender.class,
            dev.howdah.log4j2.PostgresAppender.class)
        .forEach(type -> System.out.println(type.getName() + " in " + type.getModule()));
  }
}
