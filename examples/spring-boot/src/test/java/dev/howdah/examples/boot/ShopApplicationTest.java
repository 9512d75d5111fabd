package dev.howdah.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts the shop, places an order, fails to pay it, ends the shop, and asks for its lines. */
@PostgresTest
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
class ShopApplicationTest {

  private static HttpResponse<String> order;
  private static HttpResponse<String> payment;
  private static int exitCode;
  private static String console;

  private final TestDatabase db;

  ShopApplicationTest(TestDatabase db) {
    this.db = db;
  }

  @BeforeAll
  static void runTheShop(TestDatabase db, @TempDir Path directory) throws Exception {
    Path output = directory.resolve("console.txt");
    try (RunningShop shop = new RunningShop(db, output)) {
      String port = shop.awaitPort();
      order = shop.post(port, "/orders?product=howdah");
      payment = shop.post(port, "/orders/1/payment");
      exitCode = shop.end();
      console = shop.console();
    }
  }

  @Test
  void theShopAnswersAndEndsBySigterm() {
    assertThat(order.statusCode()).isEqualTo(201);
    assertThat(order.body()).isEqualTo("{\"number\":1,\"product\":\"howdah\"}");
    assertThat(payment.statusCode()).isEqualTo(502);
    assertThat(exitCode).isEqualTo(128 + 15);
  }

  @Test
  void theFrameworkIsTheOneThatTheBuildAsksFor() {
    assertThat(
            db.query(
                """
                SELECT context->>'logging'
                FROM monitoring.logs
                WHERE message = 'the shop is open'
                """))
        .containsExactly(List.of(System.getProperty("shop.logging")));
  }

  @Test
  void everyLineHasTheApplicationsNameAndProfile() {
    assertThat(db.query("SELECT DISTINCT service, environment FROM monitoring.logs"))
        .containsExactly(List.of("spring-shop", "test"));
  }

  @Test
  void aTraceIdFindsTheLineOfAnOrder() {
    assertThat(
            db.query(
                """
                SELECT level, logger, template, message, context->>'order', context->>'path'
                FROM monitoring.logs
                WHERE trace_id = '%s'
                """
                    .formatted(traceId(order))))
        .containsExactly(
            List.of(
                "INFO",
                "dev.howdah.examples.boot.Orders",
                "order of a {} placed",
                "order of a howdah placed",
                "1",
                "/orders"));
  }

  @Test
  void theFailedPaymentHasItsStackTraceAndItsCause() {
    List<List<String>> rows =
        db.query(
            """
            SELECT level, logger, message, context->>'path', stack_trace
            FROM monitoring.logs
            WHERE trace_id = '%s'
            """
                .formatted(traceId(payment)));

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).subList(0, 4))
        .containsExactly(
            "ERROR",
            "dev.howdah.examples.boot.OrderController",
            "payment failed",
            "/orders/1/payment");
    assertThat(rows.get(0).get(4))
        .startsWith("dev.howdah.examples.boot.PaymentFailedException: order 1 stays unpaid")
        .containsSubsequence(
            "at dev.howdah.examples.boot.Orders.pay(Orders.java:",
            "at dev.howdah.examples.boot.OrderController.pay(OrderController.java:",
            "at dev.howdah.examples.boot.TraceFilter.doFilterInternal(TraceFilter.java:",
            "Caused by: java.net.ConnectException: the bank does not answer",
            "at dev.howdah.examples.boot.Orders.callBank(Orders.java:");
  }

  @Test
  void linesOfSpringsStartAreThere() {
    assertThat(
            db.count(
                """
                SELECT count(*)
                FROM monitoring.logs
                WHERE logger = 'dev.howdah.examples.boot.ShopApplication'
                  AND message LIKE 'Starting ShopApplication %'
                """))
        .isEqualTo(1);
  }

  @Test
  void theLineOfPreDestroyIsTheShopsLast() {
    assertThat(
            db.query(
                """
                SELECT message
                FROM monitoring.logs
                WHERE logger LIKE 'dev.howdah.examples.boot.%'
                ORDER BY seq DESC
                LIMIT 1
                """))
        .as(console)
        .containsExactly(List.of("the shop closes, orders placed: 1"));
  }

  @Test
  void theConsoleShowsTheLinesToo() {
    assertThat(console)
        .contains("the shop is open", "order of a howdah placed", "payment failed")
        .contains("the shop closes, orders placed: 1");
  }

  private static String traceId(HttpResponse<String> response) {
    return response.headers().firstValue(TraceFilter.HEADER).orElseThrow();
  }
}
