package dev.howdah.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the shop. */
@SpringBootApplication(proxyBeanMethods = false)
public class ShopApplication {

  ShopApplication() {}

  /**
   * Starts the shop; SIGTERM or Ctrl-C ends it.
   *
   * @param args Spring Boot's, such as {@code --server.port=8081}
   */
  public static void main(String[] args) {
    SpringApplication.run(ShopApplication.class, args);
  }
}
