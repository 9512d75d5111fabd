package com.example.shop;

import dev.howdah.Howdah;
import dev.howdah.logback.PostgresAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one order, and says in which modules Howdah's classes are. */
public final class Checkout {

  /** An object of the application's own, for the context. */
  public record Order(int id, String customer) {}

  private Checkout() {}

  public static void main(String[] args) {
    Logger log = LoggerFactory.getLogger(Checkout.class);
    log.atWarn().addKeyValue("order", new Order(42, "ann")).log("payment of {} is slow", "ann");
    System.out.println("core in " + Howdah.class.getModule());
    System.out.println("appender in " + PostgresAppender.class.getModule());
  }
}
